import { v7 as uuidv7 } from 'uuid';
import type { Transaction } from '../../platform/database/transactions.js';
import type { WrittenFigures } from '../../production/figures/written-figures.js';
import type { PlannedFigures } from '../ledger/ledger-plan.js';
import type { Register } from './register.js';

/** Figures a statement. */
const STEP = 20_000;

/** Appends monthly figures; a correction is a new revision of the same month. */
export async function writeFigures(
  tx: Transaction,
  planned: readonly PlannedFigures[],
  register: Register,
  { now, importId }: { now: Date; importId: string },
): Promise<void> {
  let batch = new FigureBatch();
  for (const figures of planned) {
    batch.add(figures, register.enterprise(figures.creditCode).id);
    if (batch.size < STEP) continue;
    await batch.write(tx, importId, now);
    batch = new FigureBatch();
  }
  if (batch.size > 0) await batch.write(tx, importId, now);
}

/** Rows of the sheet of which what follows is looked at together: a sheet may hold millions of figures. */
const FOLLOWED_AT_A_TIME = 2_000;

/** Questions and judgements that follow from them, once all of them are written. */
export async function followFigures(
  tx: Transaction,
  planned: readonly PlannedFigures[],
  register: Register,
  { now, importId, written }: { now: Date; importId: string; written: WrittenFigures },
): Promise<void> {
  for (let start = 0; start < planned.length; start += FOLLOWED_AT_A_TIME) {
    const rows = planned.slice(start, start + FOLLOWED_AT_A_TIME).flatMap(({ creditCode, months }) => {
      const enterpriseId = register.enterprise(creditCode).id;
      return months.map((month) => ({ enterpriseId, month: month.slice(0, 7) }));
    });
    await written.follow(tx, rows, { kind: 'import', id: importId }, now);
  }
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
  private readonly coversMonths: number[] = [];

  get size(): number {
    return this.ids.length;
  }

  add(
    { months, values, revisions, coversMonths, metric, source }: PlannedFigures,
    enterpriseId: string,
  ): void {
    months.forEach((month, index) => {
      this.ids.push(uuidv7());
      this.enterprises.push(enterpriseId);
      this.months.push(month);
      this.metrics.push(metric);
      this.values.push(values[index] ?? '');
      this.sources.push(source);
      this.revisions.push(revisions[index] ?? 1);
      this.coversMonths.push(coversMonths[index] ?? 1);
    });
  }

  async write(tx: Transaction, importId: string, now: Date): Promise<void> {
    await tx.query(
      `INSERT INTO production_figures (id, enterprise_id, month, metric, value, source, revision, covers_months,
                                       reported_by_kind, reported_by, recorded_at)
       SELECT *, 'import', $9::uuid, $10::timestamptz
         FROM unnest($1::uuid[], $2::uuid[], $3::date[], $4::text[], $5::numeric[], $6::text[], $7::int[], $8::smallint[])`,
      [
        this.ids,
        this.enterprises,
        this.months,
        this.metrics,
        this.values,
        this.sources,
        this.revisions,
        this.coversMonths,
        importId,
        now,
      ],
    );
  }
}
