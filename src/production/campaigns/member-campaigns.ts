import { Injectable } from '@nestjs/common';
import { CampaignBook } from '../../cases/campaign-book.js';
import type { Transaction } from '../../platform/database/transactions.js';

/** What cases ask about campaigns. */
@Injectable()
export class MemberCampaigns extends CampaignBook {
  isMember(enterprise: string): string {
    return `${enterprise} IN (SELECT m.enterprise_id FROM campaign_members m
      WHERE m.campaign_id = ANY ({}::uuid[]) AND m.enterprise_id IS NOT NULL AND m.removed_at IS NULL)`;
  }

  async finalDates(tx: Transaction, enterpriseId: string, from: string): Promise<string[]> {
    const found = await tx.prepared<{ finalOn: string }>(
      `SELECT DISTINCT c.final_on::text AS "finalOn" FROM campaign_members m
         JOIN campaigns c ON c.id = m.campaign_id AND c.is_active
        WHERE m.enterprise_id = $1 AND m.removed_at IS NULL AND c.final_on >= $2::date ORDER BY 1`,
      [enterpriseId, from],
    );
    return found.map(({ finalOn }) => finalOn);
  }
}
