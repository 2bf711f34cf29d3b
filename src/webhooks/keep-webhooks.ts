import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { requireUnits } from '../access/require-units.js';
import { byAccount, SecurityTrail, type TrailEventType } from '../access/security-trail.js';
import { Clock } from '../platform/clock/clock.js';
import { assignments } from '../platform/database/rows.js';
import { type Transaction, Transactions } from '../platform/database/transactions.js';
import { notFound, Refusal } from '../platform/errors/refusal.js';
import { checkIfMatch, requireIfMatch } from '../platform/http/etag.js';
import { OutgoingHttp } from '../platform/http/outgoing/outgoing-http.js';
import { OutgoingRefused } from '../platform/http/outgoing/outgoing-rules.js';
import { CANCEL_PENDING } from './delivery-statements.js';
import { newSecret, SecretSeal } from './secret-seal.js';
import { Webhook } from './webhook.entity.js';
import type { WebhookBody, WebhookPatch } from './webhooks.dto.js';

/** Active at a time; see how many attempts each may have under way. */
const MOST_ACTIVE = 30;
/** Any number: who adds or activates at the same time waits, so that there are never more. */
const COUNT_LOCK = 7_264_021;
const HOUR_MS = 3_600_000;

/** Makes and changes webhooks. */
@Injectable()
export class KeepWebhooks {
  constructor(
    private readonly transactions: Transactions,
    private readonly outgoing: OutgoingHttp,
    private readonly seal: SecretSeal,
    private readonly clock: Clock,
    private readonly trail: SecurityTrail,
  ) {}

  /**
   * It is told of what is recorded from now on.
   * @returns its id with its secret, which is nowhere else to be had. @throws Refusal 400, 409 WEBHOOKS_FULL
   */
  async create(accountId: string, body: WebhookBody): Promise<{ id: string; secret: string }> {
    const url = await this.reachable(body.url);
    const [id, secret] = [uuidv7(), newSecret()];
    await this.transactions.run(async (tx) => {
      await requireRoom(tx);
      await requireUnits(tx, body.reportingUnitIds ?? null);
      const now = this.clock.now();
      await tx.manager.insert(Webhook, {
        id,
        url,
        description: body.description ?? '',
        eventTypes: body.eventTypes,
        reportingUnitIds: body.reportingUnitIds ?? null,
        secret: this.seal.seal(secret, id),
        plannedThrough: now,
        createdAt: now,
        createdBy: accountId,
      });
      const { eventTypes, reportingUnitIds = null } = body;
      await this.record(tx, 'webhook_created', accountId, id, {
        ...whereTo(url),
        eventTypes,
        reportingUnitIds,
      });
    });
    return { id, secret };
  }

  /** One that becomes active again is told of what is recorded from then on. @throws Refusal 400, 404, 409, 412, 428 */
  async change(
    accountId: string,
    id: string,
    { isActive, ...patch }: WebhookPatch,
    ifMatch: string | undefined,
  ): Promise<void> {
    const url = patch.url === undefined ? undefined : await this.reachable(patch.url);
    await this.transactions.run(async (tx) => {
      const webhook = await locked(tx, id);
      requireIfMatch(ifMatch, webhook.version);
      if (patch.reportingUnitIds) await requireUnits(tx, patch.reportingUnitIds);
      const values: Partial<Webhook> = { ...patch, ...(url !== undefined && { url }) };
      if (isActive === true && !webhook.isActive) {
        await requireRoom(tx);
        Object.assign(values, { isActive, inactiveBecause: null, plannedThrough: this.clock.now() });
      }
      if (isActive === false && webhook.isActive) {
        Object.assign(values, { isActive, inactiveBecause: 'by_hand' });
        await tx.query(CANCEL_PENDING, [id, 'WEBHOOK_INACTIVE']);
      }
      await update(tx, webhook, values);
      const { plannedThrough: _, url: __, description = webhook.description, ...facts } = values;
      await this.record(tx, 'webhook_changed', accountId, id, {
        ...facts,
        ...(url !== undefined && whereTo(url)),
        ...(description !== webhook.description && { descriptionChanged: true }),
      });
    });
  }

  /** The secret before goes on signing for a while. @returns the new one @throws Refusal 404, 412 */
  async rotateSecret(
    accountId: string,
    id: string,
    overlapHours: number,
    ifMatch: string | undefined,
  ): Promise<string> {
    const secret = newSecret();
    await this.transactions.run(async (tx) => {
      const webhook = await locked(tx, id);
      checkIfMatch(ifMatch, webhook.version);
      const until = new Date(this.clock.now().getTime() + overlapHours * HOUR_MS);
      // What cannot be read any more signs nothing, and would keep the new one from signing.
      const isOverlapping = overlapHours > 0 && this.seal.canOpen(webhook.secret, id);
      await update(tx, webhook, {
        secret: this.seal.seal(secret, id),
        previousSecret: isOverlapping ? webhook.secret : null,
        previousSecretUntil: isOverlapping ? until : null,
      });
      await this.record(tx, 'webhook_secret_rotated', accountId, id, { overlapHours });
    });
    return secret;
  }

  private record(
    tx: Transaction,
    type: TrailEventType,
    accountId: string,
    id: string,
    payload: Record<string, unknown>,
  ): Promise<void> {
    return this.trail.record(tx, {
      type,
      actor: byAccount(accountId),
      subject: { kind: 'webhook', id },
      payload,
    });
  }

  /** Looked at now, so that a mistake shows at once; and again at every attempt, for names may move. */
  private async reachable(text: string): Promise<string> {
    try {
      if (!URL.canParse(text)) throw new OutgoingRefused('OUTGOING_URL_INVALID');
      const url = new URL(text);
      await this.outgoing.requireReachable(url);
      return url.href;
    } catch (error) {
      if (!(error instanceof OutgoingRefused)) throw error;
      throw new Refusal(400, 'VALIDATION_FAILED', { count: 1 }, [{ pointer: '/url', code: error.code }]);
    }
  }
}

/** What the trail keeps of an address for ever: a query may hold a token of the portal. */
function whereTo(url: string): { url: string; hasQuery: boolean } {
  const { origin, pathname, search } = new URL(url);
  return { url: origin + pathname, hasQuery: search !== '' };
}

async function locked(tx: Transaction, id: string): Promise<Webhook> {
  const webhook = await tx.manager.findOne(Webhook, {
    where: { id },
    lock: { mode: 'for_no_key_update' },
  });
  if (webhook === null) throw notFound('webhook', id);
  return webhook;
}

async function update(tx: Transaction, { id, version }: Webhook, values: Partial<Webhook>): Promise<void> {
  const { sql, parameters } = assignments({ ...values, version: version + 1 }, 3);
  await tx.query(`UPDATE webhooks SET ${sql} WHERE id = $1 AND version = $2`, [id, version, ...parameters]);
}

async function requireRoom(tx: Transaction): Promise<void> {
  await tx.query('SELECT pg_advisory_xact_lock($1)', [COUNT_LOCK]);
  if ((await tx.manager.countBy(Webhook, { isActive: true })) >= MOST_ACTIVE)
    throw new Refusal(409, 'WEBHOOKS_FULL', { most: MOST_ACTIVE });
}
