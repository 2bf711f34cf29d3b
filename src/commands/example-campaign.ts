import type { INestApplicationContext } from '@nestjs/common';
import { plusDays } from '../calendar/calendar-date.js';
import { Reader } from '../platform/database/reader.js';
import { CampaignMembers } from '../production/campaigns/campaign-members.js';
import { ChangeCampaigns } from '../production/campaigns/change-campaigns.js';

/** One of the four that the city set itself in 2021; its dates are invented. */
const AIM = { name: '停产半停产减产企业复产攻坚', milestone: 'recovered', target: 245 } as const;
const [STARTS_ON, FINAL_ON] = ['2021-08-25', '2021-12-31'];
const NOBODY = { accountId: null };

/** So that the front page has a pace to show: all enterprises of the example, in a campaign moved with their ledger. */
export async function beginExampleCampaign(app: INestApplicationContext, shiftDays: number): Promise<void> {
  const reader = app.get(Reader);
  const campaigns = await reader.query('SELECT 1 FROM campaigns LIMIT 1');
  if (campaigns.length > 0) return;
  const startsOn = plusDays(STARTS_ON, shiftDays);
  const aim = { ...AIM, startsOn, finalOn: plusDays(FINAL_ON, shiftDays) };
  const id = await app.get(ChangeCampaigns).add(NOBODY, aim);
  const creditCodes = await reader.query<{ code: string }>(
    'SELECT DISTINCT e.credit_code AS code FROM enterprises e JOIN cases k ON k.enterprise_id = e.id ORDER BY 1',
  );
  const members = { creditCodes: creditCodes.map(({ code }) => code), since: startsOn };
  await app.get(CampaignMembers).add(NOBODY, id, members);
}
