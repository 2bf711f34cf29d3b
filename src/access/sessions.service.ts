import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { Clock } from '../platform/clock/clock.js';
import { type Transaction, Transactions } from '../platform/database/transactions.js';
import { Refusal } from '../platform/errors/refusal.js';
import { ACCESS_TOKEN_SECONDS, AccessTokens } from './access-tokens.js';
import { RefreshTokens } from './refresh-tokens.js';
import { Session } from './session.entity.js';

const MINUTE = 60_000;
export const IDLE_MS = 15 * MINUTE;
const ABSOLUTE = 8 * 60 * MINUTE;

export interface Tokens {
  accessToken: string;
  refreshToken: string;
  /** Seconds for which the access token is good. */
  expiresIn: number;
}

/** Sign-ins: idle after 15 minutes without a refresh, over after 8 hours whatever happens. */
@Injectable()
export class Sessions {
  constructor(
    private readonly transactions: Transactions,
    private readonly accessTokens: AccessTokens,
    private readonly refreshTokens: RefreshTokens,
    private readonly clock: Clock,
  ) {}

  async open(tx: Transaction, accountId: string): Promise<Tokens> {
    const now = this.clock.now();
    const refresh = this.refreshTokens.issue(uuidv7());
    await tx.query('DELETE FROM sessions WHERE account_id = $1 AND expires_at < $2', [accountId, now]);
    await tx.manager.insert(Session, {
      id: refresh.sessionId,
      accountId,
      refreshHash: refresh.hash,
      createdAt: now,
      lastUsedAt: now,
      expiresAt: new Date(now.getTime() + ABSOLUTE),
    });
    return this.tokens(accountId, refresh);
  }

  /** Trades a refresh token for new ones. One that was used before ends the session: somebody has a copy. */
  async refresh(refreshToken: string): Promise<Tokens> {
    const old = this.refreshTokens.read(refreshToken);
    if (old === undefined) throw new Refusal(401, 'REFRESH_TOKEN_INVALID');
    const now = this.clock.now();
    const next = this.refreshTokens.issue(old.sessionId);
    const accountId = await this.transactions.run(async (tx) => {
      const [session] = await tx.query<{ accountId: string }>(
        `UPDATE sessions s SET refresh_hash = $1, last_used_at = $2
           FROM accounts a
          WHERE s.id = $3 AND s.refresh_hash = $4 AND s.revoked_at IS NULL AND s.expires_at > $2 AND s.last_used_at > $5
            AND a.id = s.account_id AND a.is_active
          RETURNING s.account_id AS "accountId"`,
        [next.hash, now, old.sessionId, old.hash, new Date(now.getTime() - IDLE_MS)],
      );
      // Also committed when nothing was renewed: whatever the reason, this session is over.
      if (session === undefined) await this.end(tx, old.sessionId);
      return session?.accountId;
    });
    if (accountId === undefined) throw new Refusal(401, 'REFRESH_TOKEN_INVALID');
    return this.tokens(accountId, next);
  }

  async end(tx: Transaction, sessionId: string): Promise<void> {
    const parameters = [this.clock.now(), sessionId];
    await tx.query('UPDATE sessions SET revoked_at = $1 WHERE id = $2 AND revoked_at IS NULL', parameters);
  }

  /** Ends one of the account's own. @returns whether there was such a one */
  async endOwn(tx: Transaction, accountId: string, sessionId: string): Promise<boolean> {
    const ended = await tx.query(
      `UPDATE sessions SET revoked_at = $1
        WHERE id = $2 AND account_id = $3 AND revoked_at IS NULL AND expires_at > $1 RETURNING 1`,
      [this.clock.now(), sessionId, accountId],
    );
    return ended.length === 1;
  }

  /** Signs the account out everywhere, but for the session `except`. */
  async endAll(tx: Transaction, accountId: string, except: string | null = null): Promise<void> {
    await tx.query(
      `UPDATE sessions SET revoked_at = $1
        WHERE account_id = $2 AND revoked_at IS NULL AND id IS DISTINCT FROM $3::uuid`,
      [this.clock.now(), accountId, except],
    );
  }

  private async tokens(accountId: string, refresh: { token: string; sessionId: string }): Promise<Tokens> {
    const accessToken = await this.accessTokens.issue({ accountId, sessionId: refresh.sessionId });
    return { accessToken, refreshToken: refresh.token, expiresIn: ACCESS_TOKEN_SECONDS };
  }
}
