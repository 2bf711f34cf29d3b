import { Injectable } from '@nestjs/common';
import { Webhook as Signer } from 'standardwebhooks';
import { Clock } from '../platform/clock/clock.js';
import { OutgoingHttp } from '../platform/http/outgoing/outgoing-http.js';
import type { ClaimedDelivery } from './deliveries.repository.js';
import { retryAfterMs } from './retry-schedule.js';
import { SecretSeal } from './secret-seal.js';
import { eventMessage, testMessage } from './webhook-message.js';
import { webhookSeconds } from './webhook-metrics.js';

const SEND_WITHIN_MS = 10_000;
/** Nobody reads more of an answer than its status and the beginning of what it says. */
const LONGEST_ANSWER = 65_536;
const LONGEST_ERROR = 300;
const GONE = 410;

export interface AttemptOutcome {
  isDelivered: boolean;
  /** The portal says that there will never be anybody here again. */
  isGone: boolean;
  /** `null`: it did not answer. */
  statusCode: number | null;
  error: string | null;
  /** What it asked for by `Retry-After`. */
  retryAfterMs: number | null;
}

/** The secret does not open: what is not signed is not sent. */
export const UNREADABLE = 'SECRET_UNREADABLE';

/** The id by which a portal knows a message again: of an event always the same, however often and when it is sent. */
export const messageIdOf = (id: string): string => `msg_${id.replaceAll('-', '')}`;

/** One attempt, as Standard Webhooks says. */
@Injectable()
export class SendMessage {
  constructor(
    private readonly outgoing: OutgoingHttp,
    private readonly seal: SecretSeal,
    private readonly clock: Clock,
  ) {}

  async send(delivery: ClaimedDelivery): Promise<AttemptOutcome | typeof UNREADABLE> {
    const now = this.clock.now();
    const secrets = this.secretsOf(delivery, now);
    if (secrets === undefined) return UNREADABLE;
    const { id, webhookId, event } = delivery;
    const body = event === null ? testMessage(webhookId, delivery.queuedAt) : eventMessage(event);
    const messageId = messageIdOf(event?.id ?? id);
    const end = webhookSeconds.startTimer();
    try {
      const headers = {
        'content-type': 'application/json; charset=utf-8',
        'user-agent': 'shukun-webhooks',
        'webhook-id': messageId,
        'webhook-timestamp': String(Math.floor(now.getTime() / 1_000)),
        'webhook-signature': secrets.map((secret) => new Signer(secret).sign(messageId, now, body)).join(' '),
      };
      // Redirects are answers like others: a portal that has moved says so to people, not to us.
      const answer = await this.outgoing.fetch(delivery.url, {
        method: 'POST',
        headers,
        body,
        timeoutMs: SEND_WITHIN_MS,
        maxBytes: LONGEST_ANSWER,
      });
      return await outcomeOf(answer, now);
    } catch (error) {
      return {
        isDelivered: false,
        isGone: false,
        statusCode: null,
        error: textOf(error),
        retryAfterMs: null,
      };
    } finally {
      end();
    }
  }

  /** During a change of secrets both sign, so that a portal may know either. */
  private secretsOf(delivery: ClaimedDelivery, now: Date): string[] | undefined {
    const { webhookId, secret, previousSecret, previousSecretUntil } = delivery;
    const isInOverlap = previousSecretUntil !== null && previousSecretUntil > now;
    const sealed = previousSecret !== null && isInOverlap ? [secret, previousSecret] : [secret];
    if (!sealed.every((bytes) => this.seal.canOpen(bytes, webhookId))) return undefined;
    return sealed.map((bytes) => this.seal.open(bytes, webhookId));
  }
}

async function outcomeOf(answer: Response, now: Date): Promise<AttemptOutcome> {
  const { status: statusCode, ok: isDelivered } = answer;
  return {
    isDelivered,
    isGone: statusCode === GONE,
    statusCode,
    error: isDelivered ? null : printable(await answer.text()),
    retryAfterMs: retryAfterMs(answer.headers.get('retry-after'), now),
  };
}

/** Of the connection, or of the rules for what may be reached, with the code where there is one. */
function textOf(error: unknown): string {
  const { name, code, message }: { name?: unknown; code?: unknown; message?: unknown } = Object(error);
  if (name === 'TimeoutError') return 'TIMEOUT';
  const text = String(message);
  return printable(typeof code === 'string' && code !== text ? `${code}: ${text}` : text);
}

/** What the other side says is shown in the log: short, and without characters that no text column takes. */
const printable = (text: string): string =>
  text
    .replace(/\p{Cc}+/gu, ' ')
    .trim()
    .slice(0, LONGEST_ERROR);
