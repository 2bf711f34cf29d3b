import type { INestApplicationContext } from '@nestjs/common';
import { SYSTEM } from '../access/actor.js';
import { plusDays } from '../calendar/calendar-date.js';
import { ChangeProjects } from '../enterprises/projects/change-projects.js';
import { MoveProjects } from '../enterprises/projects/move-projects.js';
import type { ProjectStage } from '../enterprises/projects/project-stages.js';
import { Reader } from '../platform/database/reader.js';
import { CampaignMembers } from '../production/campaigns/campaign-members.js';
import type { CampaignMembersBody } from '../production/campaigns/campaigns.dto.js';
import { ChangeCampaigns } from '../production/campaigns/change-campaigns.js';
import type { Milestone } from '../production/campaigns/milestones.js';

/** The four that the city set itself in 2021; their dates are invented. */
const AIMS = [
  { name: '停产半停产减产企业复产攻坚', milestone: 'recovered', target: 245 },
  { name: '重点企业满产', milestone: 'full_capacity', target: 100 },
  { name: '竣工项目投产', milestone: 'in_production', target: 117 },
  { name: '重点项目建设', milestone: 'project_completed', target: 276 },
] as const satisfies ReadonlyArray<{ name: string; milestone: Milestone; target: number }>;
const [STARTS_ON, FINAL_ON] = ['2021-08-25', '2021-12-31'];
const NOBODY = { accountId: null };

/** Invented too: in which unit, and when it came to each stage. */
const PROJECTS: ReadonlyArray<
  readonly [name: string, unit: string, ...stages: Array<[ProjectStage, string]>]
> = [
  [
    '富硒食品产业园二期',
    '610902',
    ['under_construction', '2020-06-10'],
    ['completed', '2021-07-30'],
    ['in_production', '2021-10-18'],
  ],
  ['毛绒玩具智能生产线', '610922', ['under_construction', '2020-09-01'], ['completed', '2021-08-20']],
  ['锂电正极材料项目', '610981', ['under_construction', '2020-11-12'], ['completed', '2021-10-28']],
  ['绿松石加工基地', '610925', ['under_construction', '2021-03-15']],
  ['装配式建筑部件项目', '610921', ['signed', '2021-05-20']],
];

/** So that the front page has paces to show: enterprises of the example and projects, moved with their ledger. */
export async function beginExampleCampaigns(app: INestApplicationContext, shiftDays: number): Promise<void> {
  const reader = app.get(Reader);
  const begun = await reader.query<{ milestone: string }>('SELECT milestone FROM campaigns');
  // One that somebody broke off is gone on with; who has campaigns of their own keeps to them.
  if (begun.length > 0 && !begun.some(({ milestone }) => milestone === AIMS[0].milestone)) return;
  const members = await membersOf(app, shiftDays);
  const startsOn = plusDays(STARTS_ON, shiftDays);
  for (const aim of AIMS) {
    if (begun.some(({ milestone }) => milestone === aim.milestone)) continue;
    const id = await app.get(ChangeCampaigns).add(NOBODY, {
      ...aim,
      startsOn,
      finalOn: plusDays(FINAL_ON, shiftDays),
    });
    await app.get(CampaignMembers).add(NOBODY, id, { ...members[aim.milestone], since: startsOn });
  }
}

async function membersOf(
  app: INestApplicationContext,
  shiftDays: number,
): Promise<Record<(typeof AIMS)[number]['milestone'], CampaignMembersBody>> {
  const codes = await app
    .get(Reader)
    .query<{ code: string }>(
      'SELECT DISTINCT e.credit_code AS code FROM enterprises e JOIN cases k ON k.enterprise_id = e.id ORDER BY 1',
    );
  const creditCodes = codes.map(({ code }) => code);
  const projectNumbers = await exampleProjects(app, shiftDays);
  return {
    recovered: { creditCodes },
    full_capacity: { creditCodes: creditCodes.slice(0, 10) },
    in_production: { projectNumbers: projectNumbers.slice(0, 3) },
    project_completed: { projectNumbers },
  };
}

/** @returns their numbers */
async function exampleProjects(app: INestApplicationContext, shiftDays: number): Promise<string[]> {
  const reader = app.get(Reader);
  const numbers: string[] = [];
  for (const [place, [name, unit, ...stages]] of PROJECTS.entries()) {
    const number = `XM-SL-${place + 1}`;
    numbers.push(number);
    const [known] = await reader.query('SELECT 1 FROM projects WHERE number = $1', [number]);
    if (known !== undefined) continue;
    const [found] = await reader.query<{ id: string }>('SELECT id FROM reporting_units WHERE code = $1', [
      unit,
    ]);
    if (found === undefined) throw new Error(`there is no reporting unit ${unit}`);
    const id = await app.get(ChangeProjects).add({ number, name, reportingUnitId: found.id });
    for (const [step, [stage, reachedOn]] of stages.entries()) {
      const mover = { actor: SYSTEM, ifMatch: `"${step + 1}"` };
      await app.get(MoveProjects).forward(mover, id, {
        stage,
        reachedOn: plusDays(reachedOn, shiftDays),
        statement: '示例',
        source: 'document',
        skipReason: '示例数据，不含此前阶段',
      });
    }
  }
  return numbers;
}
