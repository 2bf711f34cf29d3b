import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Transaction } from '../../platform/database/transactions.js';
import { EnterpriseFigures } from '../judging/enterprise-figures.js';
import { type JudgementListener, Judgements } from '../judging/judgements.js';
import type { EnterpriseJudgement, KnownProduction } from '../judging/known-production.js';
import { FIGURE_MILESTONES } from './milestones.js';
import { turnsSince } from './turns.js';

/** One member of campaigns that began in one month, `YYYY-MM`. */
interface Followed {
  enterpriseId: string;
  sinceMonth: string;
  industryCode: string | null;
}

interface Belief {
  enterpriseId: string;
  sinceMonth: string;
  milestone: string;
  month: string;
  turn: string;
  revision: number;
}

const FOLLOWED = `
SELECT DISTINCT m.enterprise_id AS "enterpriseId", to_char(c.starts_on, 'YYYY-MM') AS "sinceMonth",
       e.industry_code AS "industryCode"
  FROM campaign_members m
  JOIN campaigns c ON c.id = m.campaign_id AND c.milestone = ANY ($2::text[])
  JOIN enterprises e ON e.id = m.enterprise_id
 WHERE m.enterprise_id = ANY ($1::uuid[]) AND m.removed_at IS NULL`;

const BELIEVED = `
SELECT DISTINCT ON (enterprise_id, since_month, milestone, month) enterprise_id AS "enterpriseId",
       to_char(since_month, 'YYYY-MM') AS "sinceMonth", milestone, to_char(month, 'YYYY-MM') AS month, turn, revision
  FROM production_milestones WHERE enterprise_id = ANY ($1::uuid[])
 ORDER BY enterprise_id, since_month, milestone, month, revision DESC`;

/** Who judges the same enterprise at once writes the same revision: one of the two stands, and both say the same. */
const WRITE = `
INSERT INTO production_milestones (enterprise_id, since_month, milestone, month, turn, revision, recorded_at)
SELECT n.enterprise_id, (n.since_month || '-01')::date, n.milestone, (n.month || '-01')::date, n.turn, n.revision, $7
  FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::int[])
       AS n (enterprise_id, since_month, milestone, month, turn, revision)
ON CONFLICT DO NOTHING`;

/**
 * Keeps what figures say of the milestones of members, whenever an enterprise was judged or became a member. It appends
 * only what differs from what was believed.
 */
@Injectable()
export class MilestoneBook implements JudgementListener, OnModuleInit {
  constructor(
    private readonly judgements: Judgements,
    private readonly figures: EnterpriseFigures,
  ) {}

  onModuleInit(): void {
    this.judgements.listen(this);
  }

  async judged(tx: Transaction, judgements: readonly EnterpriseJudgement[], now: Date): Promise<void> {
    const known = new Map(judgements.map(({ enterpriseId, production }) => [enterpriseId, production]));
    await record(tx, await followedOf(tx, [...known.keys()]), known, now);
  }

  /** Of enterprises that became members, or whose campaign begins otherwise now; figures that are being written wait. */
  async follow(tx: Transaction, enterpriseIds: readonly string[], now: Date): Promise<void> {
    const followed = await followedOf(tx, enterpriseIds);
    if (followed.length === 0) return;
    const ids = [...new Set(followed.map(({ enterpriseId }) => enterpriseId))].toSorted();
    await tx.query('SELECT 1 FROM enterprises WHERE id = ANY ($1::uuid[]) ORDER BY id FOR NO KEY UPDATE', [
      ids,
    ]);
    await record(tx, followed, await this.figures.load(tx, ids), now);
  }
}

const followedOf = (tx: Transaction, enterpriseIds: readonly string[]): Promise<Followed[]> =>
  tx.query<Followed>(FOLLOWED, [enterpriseIds, FIGURE_MILESTONES]);

async function record(
  tx: Transaction,
  followed: readonly Followed[],
  known: ReadonlyMap<string, KnownProduction>,
  now: Date,
): Promise<void> {
  if (followed.length === 0) return;
  const believed = await tx.query<Belief>(BELIEVED, [followed.map(({ enterpriseId }) => enterpriseId)]);
  const before = new Map(believed.map((belief) => [keyOf(belief), belief]));
  const changed: Belief[] = [];
  for (const { enterpriseId, sinceMonth, industryCode } of followed) {
    const production = known.get(enterpriseId);
    if (production === undefined) continue;
    const turns = new Map(
      turnsSince(sinceMonth, production, industryCode).map((turn) => {
        const belief = { enterpriseId, sinceMonth, ...turn, revision: 0 };
        return [keyOf(belief), belief];
      }),
    );
    for (const [key, belief] of turns) {
      const last = before.get(key);
      if (last?.turn !== belief.turn) changed.push({ ...belief, revision: (last?.revision ?? 0) + 1 });
    }
    for (const [key, last] of before)
      if (isOf(last, enterpriseId, sinceMonth) && last.turn !== 'none' && !turns.has(key))
        changed.push({ ...last, turn: 'none', revision: last.revision + 1 });
  }
  if (changed.length === 0) return;
  await tx.query(WRITE, [
    changed.map(({ enterpriseId }) => enterpriseId),
    changed.map(({ sinceMonth }) => sinceMonth),
    changed.map(({ milestone }) => milestone),
    changed.map(({ month }) => month),
    changed.map(({ turn }) => turn),
    changed.map(({ revision }) => revision),
    now,
  ]);
}

const keyOf = ({ enterpriseId, sinceMonth, milestone, month }: Omit<Belief, 'turn' | 'revision'>): string =>
  `${enterpriseId} ${sinceMonth} ${milestone} ${month}`;

const isOf = (belief: Belief, enterpriseId: string, sinceMonth: string): boolean =>
  belief.enterpriseId === enterpriseId && belief.sinceMonth === sinceMonth;
