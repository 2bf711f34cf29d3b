import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { Clock } from '../../platform/clock/clock.js';
import { type Transaction, Transactions } from '../../platform/database/transactions.js';
import { Tasks } from '../../platform/queue/tasks.js';
import { judge, type JudgedMonth } from '../rules/judge.js';
import { appendStates } from './append-states.js';
import { EnterpriseFigures } from './enterprise-figures.js';
import { Judgements } from './judgements.js';
import type { EnterpriseJudgement, KnownProduction } from './known-production.js';
import { JUDGE_TASK, JUDGING_LOCK } from './unjudged.js';

const EVERY_MS = 60_000;
const ENTERPRISES_A_BATCH = 500;

/** Those that have waited longest, and with them all their rows that can be seen: what is read afterwards is no older. */
const TAKE = `
WITH oldest AS (SELECT enterprise_id FROM production_unjudged WHERE id <= $1 ORDER BY id LIMIT $2),
taken AS (DELETE FROM production_unjudged WHERE enterprise_id IN (SELECT enterprise_id FROM oldest)
          RETURNING enterprise_id)
SELECT DISTINCT enterprise_id AS id FROM taken ORDER BY id`;

/** Behind all others. */
const PUT_BACK = `
WITH taken AS (DELETE FROM production_unjudged WHERE enterprise_id =
                 (SELECT enterprise_id FROM production_unjudged WHERE id <= $1 ORDER BY id LIMIT 1)
               RETURNING enterprise_id)
INSERT INTO production_unjudged (enterprise_id) SELECT DISTINCT enterprise_id FROM taken`;

/**
 * Judges whoever waits for it, a batch a transaction, and tells who listens in the same one: a worker that dies leaves
 * them waiting as they were. A change that comes meanwhile puts its enterprise behind them with a row of its own, which
 * this transaction does not see and does not take away.
 */
@Injectable()
export class JudgeProduction implements OnModuleInit {
  private readonly logger = new Logger(JudgeProduction.name);

  constructor(
    private readonly transactions: Transactions,
    private readonly figures: EnterpriseFigures,
    private readonly judgements: Judgements,
    private readonly clock: Clock,
    private readonly tasks: Tasks,
  ) {}

  onModuleInit(): void {
    this.tasks.handle(JUDGE_TASK, () => this.run());
    this.tasks.every(JUDGE_TASK, EVERY_MS);
  }

  /** @returns how many enterprises were judged, of those that waited when it began */
  async run(enterprisesABatch = ENTERPRISES_A_BATCH): Promise<number> {
    const through = await this.transactions.run(lastWaiting);
    if (through === null) return 0;
    let judged = 0;
    for (let size = enterprisesABatch; ;) {
      const taken = await this.attempt(through, size);
      if (taken === 0) return judged;
      if (taken === 'failed') size = 1;
      else judged += taken;
    }
  }

  /** One that cannot be judged holds up nobody: after a failure they are judged one by one, and it goes to the end. */
  private async attempt(through: string, size: number): Promise<number | 'failed'> {
    try {
      return await this.transactions.run((tx) => this.step(tx, through, size));
    } catch (error) {
      this.logger.error({ err: error, enterprises: size }, 'enterprises could not be judged');
      if (size === 1) await this.transactions.run((tx) => putBack(tx, through));
      return 'failed';
    }
  }

  private async step(tx: Transaction, through: string, size: number): Promise<number> {
    await tx.query('SELECT pg_advisory_xact_lock($1)', [JUDGING_LOCK]);
    const taken = await tx.query<{ id: string }>(TAKE, [through, size]);
    if (taken.length === 0) return 0;
    const known = await this.figures.load(
      tx,
      taken.map(({ id }) => id),
    );
    const judged = [...known].map(([enterpriseId, production]) => ({
      enterpriseId,
      production,
      months: monthsOf(production),
      policyVersion: production.policy.version,
    }));
    const now = this.clock.now();
    const changed = await appendStates(tx, judged, now);
    const judgements = judged.map(({ enterpriseId, production, months }): EnterpriseJudgement => ({
      enterpriseId,
      production,
      months,
      changedMonths: changed.get(enterpriseId) ?? [],
    }));
    await this.judgements.announce(tx, judgements, now);
    return taken.length;
  }
}

/** Through the last month of which anything is known: of the present one nothing is known yet, and nobody has failed to report it. */
function monthsOf({ series, stops, policy }: KnownProduction): JudgedMonth[] {
  const last = series.at(-1);
  return last === undefined ? [] : judge(series, stops, last.month, policy.parameters);
}

async function lastWaiting(tx: Transaction): Promise<string | null> {
  const [row] = await tx.query<{ last: string | null }>('SELECT max(id) AS last FROM production_unjudged');
  return row?.last ?? null;
}

async function putBack(tx: Transaction, through: string): Promise<void> {
  await tx.query('SELECT pg_advisory_xact_lock($1)', [JUDGING_LOCK]);
  await tx.query(PUT_BACK, [through]);
}
