import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { Clock } from '../../platform/clock/clock.js';
import { type Transaction, Transactions } from '../../platform/database/transactions.js';
import { notFound, Refusal } from '../../platform/errors/refusal.js';
import { checkIfMatch, requireIfMatch } from '../../platform/http/etag.js';
import { given } from '../../platform/http/fields.js';
import { instantOf } from '../../platform/http/instant.js';
import { requireUnits } from '../require-units.js';
import { byAccount, SecurityTrail, type TrailEventType } from '../security-trail.js';
import { ApiKey } from './api-key.entity.js';
import { hashOfSecret, newApiKeyToken } from './api-key-token.js';
import type { ApiKeyBody, ApiKeyChangeBody, ApiKeyRotationBody } from './api-keys.dto.js';

const HOUR = 3_600_000;
/** A year, also one with 29 February. */
const LONGEST_LIFE = 366 * 24 * HOUR;

/** Makes, changes, renews and ends the keys of portals. The secret leaves here once, with its making. */
@Injectable()
export class ApiKeys {
  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    private readonly trail: SecurityTrail,
  ) {}

  /** @throws Refusal 400 API_KEY_LIFE_INVALID, 409 REFERENCE_UNKNOWN */
  create(byAccountId: string, body: ApiKeyBody): Promise<{ id: string; token: string }> {
    return this.transactions.run(async (tx) => {
      const now = this.clock.now();
      await requireUnits(tx, body.reportingUnitIds);
      const { prefix, secret, token } = newApiKeyToken();
      const id = uuidv7();
      await tx.manager.insert(ApiKey, {
        id,
        name: body.name,
        prefix,
        secretHash: hashOfSecret(secret),
        secretAt: now,
        scopes: body.scopes,
        reportingUnitIds: body.reportingUnitIds,
        expiresAt: endOfLife(body.expiresAt, now),
        createdBy: byAccountId,
        createdAt: now,
      });
      const { scopes, reportingUnitIds } = body;
      await this.record(tx, 'api_key_created', byAccountId, id, { prefix, scopes, reportingUnitIds });
      return { id, token };
    });
  }

  /** Works on the very next request. @throws Refusal 404, 412, 428, 409 API_KEY_ENDED or REFERENCE_UNKNOWN */
  change(
    byAccountId: string,
    id: string,
    ifMatch: string | undefined,
    body: ApiKeyChangeBody,
  ): Promise<void> {
    return this.transactions.run(async (tx) => {
      const key = await lock(tx, id);
      requireIfMatch(ifMatch, key.version);
      requireLive(key, this.clock.now());
      const change = given(body);
      if (change.reportingUnitIds !== undefined) await requireUnits(tx, change.reportingUnitIds);
      await update(tx, key, change);
      await this.record(tx, 'api_key_changed', byAccountId, id, { ...change });
    });
  }

  /** @throws Refusal 404, 412, 409 API_KEY_ENDED where it was revoked before */
  revoke(byAccountId: string, id: string, ifMatch: string | undefined): Promise<void> {
    return this.transactions.run(async (tx) => {
      const key = await lock(tx, id);
      checkIfMatch(ifMatch, key.version);
      if (key.revokedAt !== null) throw new Refusal(409, 'API_KEY_ENDED');
      await update(tx, key, { revokedAt: this.clock.now() });
      await this.record(tx, 'api_key_revoked', byAccountId, id);
    });
  }

  /**
   * A new secret; the present one stays good for the overlap, and one before it no longer.
   * @throws Refusal 404, 412, 409 API_KEY_ENDED, 400 API_KEY_LIFE_INVALID
   */
  rotate(
    byAccountId: string,
    id: string,
    ifMatch: string | undefined,
    body: ApiKeyRotationBody,
  ): Promise<string> {
    return this.transactions.run(async (tx) => {
      const key = await lock(tx, id);
      checkIfMatch(ifMatch, key.version);
      const now = this.clock.now();
      requireLive(key, now);
      const { secret, token } = newApiKeyToken(key.prefix);
      const hasOverlap = body.overlapHours > 0;
      await update(tx, key, {
        secretHash: hashOfSecret(secret),
        secretAt: now,
        previousHash: hasOverlap ? key.secretHash : null,
        previousUntil: hasOverlap ? new Date(now.getTime() + body.overlapHours * HOUR) : null,
        ...(body.expiresAt === undefined ? {} : { expiresAt: endOfLife(body.expiresAt, now) }),
      });
      const { overlapHours } = body;
      await this.record(tx, 'api_key_rotated', byAccountId, id, { overlapHours });
      return token;
    });
  }

  private record(
    tx: Transaction,
    type: TrailEventType,
    byAccountId: string,
    id: string,
    payload: Record<string, unknown> = {},
  ): Promise<void> {
    const subject = { kind: 'api_key', id };
    return this.trail.record(tx, { type, actor: byAccount(byAccountId), subject, payload });
  }
}

async function lock(tx: Transaction, id: string): Promise<ApiKey> {
  const key = await tx.manager.findOne(ApiKey, { where: { id }, lock: { mode: 'pessimistic_write' } });
  if (key === null) throw notFound('api_key', id);
  return key;
}

async function update(tx: Transaction, { id, version }: ApiKey, change: Partial<ApiKey>): Promise<void> {
  const updated = await tx.manager.update(ApiKey, { id, version }, { ...change, version: version + 1 });
  if (updated.affected !== 1) throw new Refusal(412, 'VERSION_STALE', { version: version + 1 });
}

/** What has ended stays ended: who needs a key again makes another. */
function requireLive(key: ApiKey, now: Date): void {
  if (key.revokedAt !== null || key.expiresAt <= now) throw new Refusal(409, 'API_KEY_ENDED');
}

/** @throws Refusal 400 VALIDATION_FAILED, API_KEY_LIFE_INVALID */
function endOfLife(text: string, now: Date): Date {
  const end = instantOf(text, '/expiresAt');
  const life = end.getTime() - now.getTime();
  if (life > 0 && life <= LONGEST_LIFE) return end;
  throw new Refusal(400, 'API_KEY_LIFE_INVALID', {}, [
    { pointer: '/expiresAt', code: 'API_KEY_LIFE_INVALID' },
  ]);
}
