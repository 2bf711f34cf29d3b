import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock/clock.js';
import { Reader } from '../platform/database/reader.js';
import type { TokenClaims } from './access-tokens.js';
import type { Role } from './role.js';

export interface LiveAccount {
  /** `null`: it awaits its role. */
  role: Role | null;
  departmentId: string | null;
  officialId: string | null;
  reportingUnitId: string | null;
  isPasswordExpired: boolean;
  hasSecondFactor: boolean;
}

interface LiveSession extends LiveAccount {
  sessionId: string;
  accountId: string;
}

/** A request that waits to be told its account. */
interface Waiting {
  claims: TokenClaims;
  resolve: (account: LiveAccount | undefined) => void;
  reject: (error: unknown) => void;
}

/** A question that has not been answered for so long keeps nobody from asking another. */
const PATIENCE_MS = 1_000;
const MOST_AT_ONCE = 200;

const FIND = `
  SELECT s.id AS "sessionId", s.account_id AS "accountId", a.role, a.department_id AS "departmentId",
         a.official_id AS "officialId", a.reporting_unit_id AS "reportingUnitId",
         a.is_password_expired AS "isPasswordExpired", a.totp_secret IS NOT NULL AS "hasSecondFactor"
    FROM sessions s JOIN accounts a ON a.id = s.account_id
   WHERE s.id = ANY ($1::uuid[]) AND s.revoked_at IS NULL AND s.expires_at > $2 AND a.is_active`;

/**
 * Asked at every request, so that sign-out, deactivation and a change of role work on the very next one. Requests that
 * come while the database is being asked share the next question: nobody gets an answer older than his request, and a
 * busy process asks far less often than it is asked.
 */
@Injectable()
export class LiveSessions {
  private waiting: Waiting[] = [];
  private askedAt = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly reader: Reader,
    private readonly clock: Clock,
  ) {}

  /** The account as it is now, or `undefined` where the session or the account has ended. */
  find(claims: TokenClaims): Promise<LiveAccount | undefined> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ claims, resolve, reject });
      if (performance.now() - this.askedAt > PATIENCE_MS) this.askForWaiting();
    });
  }

  /** One question at a time, until nobody waits any more. */
  private askForWaiting(): void {
    const asking = this.waiting.splice(0, MOST_AT_ONCE);
    if (asking.length === 0) {
      this.askedAt = Number.NEGATIVE_INFINITY;
      return;
    }
    const askedAt = performance.now();
    this.askedAt = askedAt;
    void this.answer(asking).finally(() => {
      // Unless somebody lost patience and has asked again meanwhile.
      if (this.askedAt === askedAt) this.askForWaiting();
    });
  }

  /** Never fails: whoever waits is told. */
  private async answer(asking: readonly Waiting[]): Promise<void> {
    try {
      const ids = [...new Set(asking.map(({ claims }) => claims.sessionId))];
      const found = await this.reader.named<LiveSession>('access-live-sessions', FIND, [
        ids,
        this.clock.now(),
      ]);
      const sessions = new Map(found.map((session) => [session.sessionId, session]));
      for (const { claims, resolve } of asking) {
        const session = sessions.get(claims.sessionId);
        resolve(session?.accountId === claims.accountId ? session : undefined);
      }
    } catch (error) {
      for (const { reject } of asking) reject(error);
    }
  }
}
