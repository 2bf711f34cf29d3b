import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock/clock.js';
import { Reader } from '../platform/database/reader.js';
import type { TokenClaims } from './access-tokens.js';
import type { Role } from './role.js';

export interface LiveAccount {
  role: Role;
  departmentId: string | null;
  officialId: string | null;
  reportingUnitId: string | null;
  isPasswordExpired: boolean;
}

const FIND = `
  SELECT a.role, a.department_id AS "departmentId", a.official_id AS "officialId",
         a.reporting_unit_id AS "reportingUnitId", a.is_password_expired AS "isPasswordExpired"
    FROM sessions s JOIN accounts a ON a.id = s.account_id
   WHERE s.id = $1 AND s.account_id = $2 AND s.revoked_at IS NULL AND s.expires_at > $3 AND a.is_active`;

/** Asked at every request, so that sign-out, deactivation and a change of role work on the very next one. */
@Injectable()
export class LiveSessions {
  constructor(
    private readonly reader: Reader,
    private readonly clock: Clock,
  ) {}

  /** The account as it is now, or `undefined` where the session or the account has ended. */
  async find(claims: TokenClaims): Promise<LiveAccount | undefined> {
    const parameters = [claims.sessionId, claims.accountId, this.clock.now()];
    const [account] = await this.reader.named<LiveAccount>('access-live-session', FIND, parameters);
    return account;
  }
}
