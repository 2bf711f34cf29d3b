import { Injectable } from '@nestjs/common';
import { Not } from 'typeorm';
import { Transactions } from '../../platform/database/transactions.js';
import { notFound, Refusal } from '../../platform/errors/refusal.js';
import { requireIfMatch } from '../../platform/http/etag.js';
import { Account } from '../account.entity.js';
import { byAccount, SecurityTrail } from '../security-trail.js';
import { isPortalRole } from './portal-callers.js';

/** Opens an account to a person of the OIDC issuer, or closes it to the issuer. */
@Injectable()
export class PortalLink {
  constructor(
    private readonly transactions: Transactions,
    private readonly trail: SecurityTrail,
  ) {}

  /**
   * Also where the name stays the same, the subject that had it is forgotten: whoever comes next by it is the one.
   * @throws Refusal 404, 412, 428, 409 PORTAL_ROLE_CLOSED or PORTAL_USER_TAKEN
   */
  set(
    byAccountId: string,
    id: string,
    ifMatch: string | undefined,
    portalUser: string | null,
  ): Promise<void> {
    return this.transactions.run(async (tx) => {
      const account = await tx.manager.findOneBy(Account, { id });
      if (account === null) throw notFound('account', id);
      const { version, role } = account;
      requireIfMatch(ifMatch, version);
      if (portalUser !== null) {
        if (role !== null && !isPortalRole(role)) throw new Refusal(409, 'PORTAL_ROLE_CLOSED', { role });
        const isTaken = await tx.manager.existsBy(Account, { portalUser, id: Not(id) });
        if (isTaken)
          throw new Refusal(409, 'PORTAL_USER_TAKEN', {}, [
            { pointer: '/portalUser', code: 'PORTAL_USER_TAKEN' },
          ]);
      }
      const link = { portalUser, portalIssuer: null, portalSubject: null, version: version + 1 };
      const updated = await tx.manager.update(Account, { id, version }, link);
      if (updated.affected !== 1) throw new Refusal(412, 'VERSION_STALE', { version: version + 1 });
      await this.trail.record(tx, {
        type: 'account_linked',
        actor: byAccount(byAccountId),
        subject: { kind: 'account', id },
        payload: { isOpen: portalUser !== null },
      });
    });
  }
}
