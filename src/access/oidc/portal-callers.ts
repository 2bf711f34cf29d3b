import { Injectable } from '@nestjs/common';
import { Reader } from '../../platform/database/reader.js';
import { type Transaction, Transactions } from '../../platform/database/transactions.js';
import { Refusal } from '../../platform/errors/refusal.js';
import type { AccountActor } from '../actor.js';
import type { Authenticated } from '../authentication.js';
import type { Role } from '../role.js';
import { byAccount, SecurityTrail } from '../security-trail.js';
import { IssuerTokens, type PortalIdentity } from './issuer-tokens.js';

/** No administrator and no auditor: whoever rules the issuer must not thereby rule the accounts, or read the trail. */
const PORTAL_ROLES: readonly Role[] = ['task_force', 'department', 'county', 'leader'];

export const isPortalRole = (role: Role): boolean => PORTAL_ROLES.includes(role);

interface PortalAccount extends Omit<AccountActor, 'kind' | 'role'> {
  /** `null`: it awaits its role. */
  role: Role | null;
  isActive: boolean;
}

const COLUMNS = `id AS "accountId", role, department_id AS "departmentId", official_id AS "officialId",
  reporting_unit_id AS "reportingUnitId", is_active AS "isActive"`;
const FIND = `SELECT ${COLUMNS} FROM accounts WHERE portal_issuer = $1 AND portal_subject = $2`;
const LINK = `
  UPDATE accounts SET portal_issuer = $1, portal_subject = $2, version = version + 1
   WHERE portal_user = $3 AND portal_subject IS NULL AND is_active AND role = ANY ($4)
   RETURNING ${COLUMNS}`;

/**
 * People who come with a token of the OIDC issuer. The token says who they are and nothing of what they may: that is
 * the account's, and its row is asked at every request. The issuer opens an account only where an administrator has
 * written its name for the person on it; the subject that comes first by that name keeps it, for names are given again.
 */
@Injectable()
export class PortalCallers {
  constructor(
    private readonly tokens: IssuerTokens,
    private readonly reader: Reader,
    private readonly transactions: Transactions,
    private readonly trail: SecurityTrail,
  ) {}

  isOne(token: string): boolean {
    return this.tokens.isOne(token);
  }

  /** @throws Refusal 401 TOKEN_INVALID, TOKEN_EXPIRED, PORTAL_ACCOUNT_UNKNOWN, 503 ISSUER_AWAY */
  async of(token: string): Promise<Authenticated> {
    const identity = await this.tokens.verify(token);
    const account = (await this.find(identity)) ?? (await this.link(identity));
    if (account === undefined) throw unknown();
    const { isActive, role, ...binding } = account;
    if (!isActive || role === null || !isPortalRole(role)) throw unknown();
    const actor = { kind: 'account', role, ...binding } as const;
    return { actor, isPasswordExpired: false };
  }

  private async find({ issuer, subject }: PortalIdentity): Promise<PortalAccount | undefined> {
    const [account] = await this.reader.named<PortalAccount>('access-portal-account', FIND, [
      issuer,
      subject,
    ]);
    return account;
  }

  private async link(identity: PortalIdentity): Promise<PortalAccount | undefined> {
    const { issuer, subject, user } = identity;
    if (user === null) return undefined;
    const linked = await this.transactions.run(async (tx) => {
      const [account] = await tx.query<PortalAccount>(LINK, [issuer, subject, user, PORTAL_ROLES]);
      if (account !== undefined) await this.record(tx, account);
      return account;
    });
    // Of two first requests at once the second finds what the first has linked.
    return linked ?? this.find(identity);
  }

  /** From now on the account is that subject's, which nobody here has signed in to say. */
  private async record(tx: Transaction, { accountId: id }: PortalAccount): Promise<void> {
    await this.trail.record(tx, {
      type: 'account_linked',
      actor: byAccount(id),
      subject: { kind: 'account', id },
      payload: { isFirstToken: true },
    });
  }
}

/** One answer for all of them: whoever holds a token learns nothing of accounts that are not his. */
const unknown = (): Refusal => new Refusal(401, 'PORTAL_ACCOUNT_UNKNOWN');
