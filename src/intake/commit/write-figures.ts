import { v7 as uuidv7 } from 'uuid';
import type { Transaction } from '../../platform/database/transactions.js';
import type { PlannedFigures } from '../ledger/ledger-plan.js';
import type { Register } from './register.js';

/** Figures a statement. */
const STEP = 20_000;

/** Appends monthly figures; a correction is a new revision of the same month. */
export async function writeFigures(
  tx: Transaction,
  planned: readonly PlannedFigures[],
  register: Register,
  now: Date,
): Promise<void> {
  let batch = new FigureBatch();
  for (const figures of planned) {
    batch.add(figures, register.enterprise(figures.creditCode).id);
    if (batch.size < STEP) continue;
    await batch.write(tx, now);
    batch = new FigureBatch();
  }
  if (batch.size > 0) await batch.write(tx, now);
}

/** Columns side by side, which PostgreSQL takes as arrays. */
class FigureBatch {
  private readonly ids: string[] = [];
  private readonly enterprises: string[] = [];
  private readonly months: string[] = [];
  private readonly metrics: string[] = [];
  private readonly values: string[] = [];
  private readonly sources: string[] = [];
  private readonly revisions: number[] = [];

  get size(): number {
    return this.ids.length;
  }

  add({ months, values, revisions, metric, source }: PlannedFigures, enterpriseId: string): void {
    months.forEach((month, index) => {
      this.ids.push(uuidv7());
      this.enterprises.push(enterpriseId);
      this.months.push(month);
      this.metrics.push(metric);
      this.values.push(values[index] ?? '');
      this.sources.push(source);
      this.revisions.push(revisions[index] ?? 1);
    });
  }

  async write(tx: Transaction, now: Date): Promise<void> {
    await tx.query(
      `INSERT INTO production_figures (id, enterprise_id, month, metric, value, source, revision, recorded_at)
       SELECT *, $8::timestamptz
         FROM unnest($1::uuid[], $2::uuid[], $3::date[], $4::text[], $5::numeric[], $6::text[], $7::int[])`,
      [this.ids, this.enterprises, this.months, this.metrics, this.values, this.sources, this.revisions, now],
    );
  }
}
