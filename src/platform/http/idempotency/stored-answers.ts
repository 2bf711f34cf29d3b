import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { Clock } from '../../clock/clock.js';
import { Reader } from '../../database/reader.js';
import { Refusal } from '../../errors/refusal.js';
import { Tasks } from '../../queue/tasks.js';
import { type AnswerOwner, AnswerSeal } from './answer-seal.js';

const TASK = 'forget-answers';
const HOUR_MS = 3_600_000;
const KEPT_MS = 24 * HOUR_MS;
/** Seconds after which a request in flight has most likely been answered. */
const RETRY_AFTER = 1;

/** A key as one request brought it, with what the request is. */
export interface KeyedRequest extends AnswerOwner {
  fingerprint: Buffer;
}

/** What is answered again: the status is that of the route. */
export interface StoredAnswer {
  headers: Record<string, string>;
  /** JSON; `null` where there is no body. */
  body: string | null;
}

/** First answers by key. Reads and writes go into the transaction that surrounds the request. */
@Injectable()
export class StoredAnswers implements OnModuleInit {
  private readonly logger = new Logger(StoredAnswers.name);

  constructor(
    private readonly reader: Reader,
    private readonly clock: Clock,
    private readonly seal: AnswerSeal,
    private readonly tasks: Tasks,
  ) {}

  onModuleInit(): void {
    this.tasks.handle(TASK, () => this.forget());
    this.tasks.every(TASK, HOUR_MS);
  }

  /**
   * Takes the key for this transaction. The lock goes with the transaction, also when the process is killed; it is
   * tried rather than waited for, so that a client that repeats itself cannot fill the pool with waiting connections.
   * @returns the answer given before.
   * @throws Refusal 409 IDEMPOTENCY_IN_FLIGHT or IDEMPOTENCY_ANSWER_LOST, 422 IDEMPOTENCY_KEY_REUSED
   */
  async claim({ accountId, key, fingerprint }: KeyedRequest): Promise<StoredAnswer | undefined> {
    const [lock] = await this.reader.query<{ isMine: boolean }>(
      'SELECT pg_try_advisory_xact_lock(hashtextextended($1, 0)) AS "isMine"',
      [`${accountId} ${key}`],
    );
    if (lock?.isMine !== true) throw new Refusal(409, 'IDEMPOTENCY_IN_FLIGHT', {}, [], RETRY_AFTER);
    const [known] = await this.reader.query<StoredRow>(
      `SELECT fingerprint, headers, body FROM idempotency_keys
        WHERE account_id = $1 AND key = $2 AND created_at > $3`,
      [accountId, key, this.keptSince()],
    );
    if (known === undefined) return undefined;
    if (!known.fingerprint.equals(fingerprint)) throw new Refusal(422, 'IDEMPOTENCY_KEY_REUSED');
    return {
      headers: known.headers,
      body: known.body === null ? null : this.opened(known.body, { accountId, key }),
    };
  }

  /** An old answer that the hourly task has yet to forget gives way; a live one would be the lock's failure. */
  async store({ accountId, key, fingerprint }: KeyedRequest, { headers, body }: StoredAnswer): Promise<void> {
    const stored = await this.reader.query(
      `INSERT INTO idempotency_keys AS stored (account_id, key, fingerprint, headers, body, created_at)
       VALUES ($1, $2, $3, $4, $5, $6)
       ON CONFLICT (account_id, key) DO UPDATE SET fingerprint = excluded.fingerprint,
         headers = excluded.headers, body = excluded.body, created_at = excluded.created_at
         WHERE stored.created_at <= $7
       RETURNING key`,
      [
        accountId,
        key,
        fingerprint,
        headers,
        body === null ? null : this.seal.seal(body, { accountId, key }),
        this.clock.now(),
        this.keptSince(),
      ],
    );
    if (stored.length !== 1) throw new Refusal(409, 'IDEMPOTENCY_IN_FLIGHT', {}, [], RETRY_AFTER);
  }

  /** @returns how many were forgotten */
  async forget(): Promise<number> {
    const gone = await this.reader.query('DELETE FROM idempotency_keys WHERE created_at <= $1 RETURNING 1', [
      this.keptSince(),
    ]);
    return gone.length;
  }

  /** What was put into this row from another, or sealed before owners were bound. The request is not done again. */
  private opened(body: Buffer, owner: AnswerOwner): string {
    try {
      return this.seal.open(body, owner);
    } catch (error) {
      this.logger.error(
        { err: error, accountId: owner.accountId },
        'a stored answer does not open in its row',
      );
      throw new Refusal(409, 'IDEMPOTENCY_ANSWER_LOST');
    }
  }

  private keptSince(): Date {
    return new Date(this.clock.now().getTime() - KEPT_MS);
  }
}

interface StoredRow {
  fingerprint: Buffer;
  headers: Record<string, string>;
  body: Buffer | null;
}
