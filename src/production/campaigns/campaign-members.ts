import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { OfficeTime } from '../../calendar/office-time.js';
import { isCreditCode, normalizeCreditCode } from '../../enterprises/credit-code.js';
import { Clock } from '../../platform/clock/clock.js';
import { type Transaction, Transactions } from '../../platform/database/transactions.js';
import { type Fault, notFound, Refusal } from '../../platform/errors/refusal.js';
import type { MembersAddedView } from './campaign.view.js';
import type { CampaignMembersBody } from './campaigns.dto.js';
import type { By } from './change-campaigns.js';

/** Puts enterprises into campaigns and takes them out. */
@Injectable()
export class CampaignMembers {
  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    private readonly office: OfficeTime,
  ) {}

  /**
   * All of them or none; who belongs to it already stays as it is.
   * @throws Refusal 404, 400 CAMPAIGN_MEMBERS_REQUIRED, CAMPAIGN_MEMBERS_INVALID with a fault for each, DATE_IN_FUTURE
   */
  async add({ accountId }: By, id: string, body: CampaignMembersBody): Promise<MembersAddedView> {
    const { enterpriseId, creditCodes } = body;
    const now = this.clock.now();
    const today = this.office.dateOf(now);
    const since = body.since ?? today;
    return this.transactions.run(async (tx) => {
      await requireCampaign(tx, id);
      if ((enterpriseId === undefined) === (creditCodes === undefined))
        throw new Refusal(400, 'CAMPAIGN_MEMBERS_REQUIRED');
      if (since > today) throw invalid('DATE_IN_FUTURE', [{ pointer: '/since', code: 'DATE_IN_FUTURE' }]);
      const enterprises =
        creditCodes === undefined
          ? await byId(tx, enterpriseId ?? '')
          : await byCreditCode(tx, creditCodes.map(normalizeCreditCode));
      const rows = await tx.query(
        `INSERT INTO campaign_members (id, campaign_id, enterprise_id, since, added_at, added_by)
         SELECT new.id, $1, new.enterprise_id, $4, $5, $6
           FROM unnest($2::uuid[], $3::uuid[]) AS new (id, enterprise_id)
         ON CONFLICT (campaign_id, enterprise_id) WHERE removed_at IS NULL DO NOTHING
         RETURNING id`,
        [id, enterprises.map(() => uuidv7()), enterprises, since, now, accountId],
      );
      return { added: rows.length, unchanged: enterprises.length - rows.length };
    });
  }

  /** It was a member until now. @throws Refusal 404 */
  async remove({ accountId }: By, id: string, memberId: string): Promise<void> {
    await this.transactions.run(async (tx) => {
      const removed = await tx.query(
        `UPDATE campaign_members SET removed_at = $3, removed_by = $4
          WHERE id = $2 AND campaign_id = $1 AND removed_at IS NULL RETURNING id`,
        [id, memberId, this.clock.now(), accountId],
      );
      if (removed.length === 0) throw notFound('campaign_member', memberId);
    });
  }
}

async function requireCampaign(tx: Transaction, id: string): Promise<void> {
  const [found] = await tx.query('SELECT 1 FROM campaigns WHERE id = $1', [id]);
  if (found === undefined) throw notFound('campaign', id);
}

async function byId(tx: Transaction, id: string): Promise<string[]> {
  const found = await tx.query<{ id: string }>('SELECT id FROM enterprises WHERE id = $1', [id]);
  if (found.length === 0)
    throw invalid('CAMPAIGN_MEMBERS_INVALID', [{ pointer: '/enterpriseId', code: 'ENTERPRISE_UNKNOWN' }]);
  return [id];
}

/** A code that is given twice is one enterprise. */
async function byCreditCode(tx: Transaction, codes: readonly string[]): Promise<string[]> {
  const found = await tx.query<{ id: string; creditCode: string }>(
    'SELECT id, credit_code AS "creditCode" FROM enterprises WHERE credit_code = ANY ($1::text[]) ORDER BY id',
    [codes],
  );
  const known = new Set(found.map(({ creditCode }) => creditCode));
  const faults = codes.flatMap((code, place): Fault[] => {
    const pointer = `/creditCodes/${place}`;
    if (known.has(code)) return [];
    return [{ pointer, code: isCreditCode(code) ? 'ENTERPRISE_UNKNOWN' : 'CREDIT_CODE_INVALID' }];
  });
  if (faults.length > 0) throw invalid('CAMPAIGN_MEMBERS_INVALID', faults);
  return found.map(({ id }) => id);
}

const invalid = (code: string, faults: Fault[]): Refusal =>
  new Refusal(400, code, { count: faults.length }, faults.slice(0, 50));
