import { Injectable } from '@nestjs/common';
import type { Caller } from '../../access/actor.js';
import { enterpriseScope } from '../../access/scope.js';
import { OfficeTime } from '../../calendar/office-time.js';
import { normalizeCreditCode } from '../../enterprises/credit-code.js';
import { Clock } from '../../platform/clock/clock.js';
import { type Transaction, Transactions } from '../../platform/database/transactions.js';
import { type Fault, Refusal } from '../../platform/errors/refusal.js';
import { validPart } from '../../platform/http/valid-part.js';
import { type BulkReportBody, BulkReportRow } from './bulk-reports.dto.js';
import { FigureBook } from './figure-book.js';
import { figuresOfRows, type ToldRow } from './report-rows.js';
import { reportable } from './reportable.js';
import { reporterOf } from './reporter.js';

export interface BulkOutcome {
  accepted: number;
  unchanged: number;
  figures: number;
  faults: Fault[];
}

interface Found {
  id: string;
  creditCode: string;
  mayReport: boolean;
}

/** Figures of many enterprises and months at once, in one transaction. */
@Injectable()
export class BulkReports {
  constructor(
    private readonly transactions: Transactions,
    private readonly book: FigureBook,
    private readonly clock: Clock,
    private readonly office: OfficeTime,
  ) {}

  /** @throws Refusal 400 ROWS_REFUSED with a fault for each bad row, unless the valid ones are to be kept */
  async run(caller: Caller, body: BulkReportBody): Promise<BulkOutcome> {
    const { rows, faults } = await validRows(body.rows);
    return this.transactions.run(async (tx) => {
      const told = await this.ofEnterprises(tx, caller, rows, faults);
      await this.book.lock(tx, [...new Set(told.map(({ enterpriseId }) => enterpriseId))]);
      const present = this.office.dateOf(this.clock.now()).slice(0, 7);
      const found = figuresOfRows(told, await this.book.known(tx, told), present);
      faults.push(...found.faults);
      faults.sort((one, other) => rowOf(one) - rowOf(other));
      if (faults.length > 0 && body.onError !== 'keep_valid')
        throw new Refusal(400, 'ROWS_REFUSED', { count: faults.length }, faults);
      const written = await this.book.record(tx, found.figures, reporterOf(caller));
      const accepted = new Set(written.map((one) => `${one.enterpriseId} ${one.month} ${one.source}`)).size;
      return {
        accepted,
        unchanged: body.rows.length - faults.length - accepted,
        figures: written.length,
        faults,
      };
    });
  }

  /** Out of scope is as unknown as absent. */
  private async ofEnterprises(
    tx: Transaction,
    caller: Caller,
    rows: ReadonlyArray<{ row: BulkReportRow; pointer: string }>,
    faults: Fault[],
  ): Promise<ToldRow[]> {
    const scope = enterpriseScope(caller, 'e', 3);
    const may = reportable(caller, 'e', 3 + scope.parameters.length);
    const known = await tx.query<Found>(
      `SELECT e.id, e.credit_code AS "creditCode", (${may.sql}) AS "mayReport" FROM enterprises e
        WHERE (e.id = ANY ($1::uuid[]) OR e.credit_code = ANY ($2::text[])) AND ${scope.sql}`,
      [
        rows.flatMap(({ row }) => row.enterpriseId ?? []),
        rows.flatMap(({ row }) => (row.creditCode === undefined ? [] : normalizeCreditCode(row.creditCode))),
        ...scope.parameters,
        ...may.parameters,
      ],
    );
    const byName = new Map(known.flatMap((one) => [[one.id, one] as const, [one.creditCode, one] as const]));
    return rows.flatMap(({ row, pointer }) => {
      const name = row.enterpriseId?.toLowerCase() ?? normalizeCreditCode(row.creditCode ?? '');
      const enterprise = byName.get(name);
      const field = row.enterpriseId === undefined ? 'creditCode' : 'enterpriseId';
      if (enterprise?.mayReport === true) return [{ enterpriseId: enterprise.id, told: row, pointer }];
      faults.push(
        enterprise === undefined
          ? { pointer: `${pointer}/${field}`, code: 'ENTERPRISE_UNKNOWN' }
          : { pointer: `${pointer}/${field}`, code: 'FIGURES_NOT_LED' },
      );
      return [];
    });
  }
}

const rowOf = ({ pointer }: Fault): number => Number(pointer.split('/')[2]);

/** Each row by itself, so that one that is malformed does not hide the others. */
async function validRows(
  rows: readonly object[],
): Promise<{ rows: Array<{ row: BulkReportRow; pointer: string }>; faults: Fault[] }> {
  const valid: Array<{ row: BulkReportRow; pointer: string }> = [];
  const faults: Fault[] = [];
  for (const [index, given] of rows.entries()) {
    const pointer = `/rows/${index}`;
    try {
      const row = await validPart(given, BulkReportRow, pointer);
      if ((row.enterpriseId === undefined) === (row.creditCode === undefined))
        faults.push({ pointer, code: 'ENTERPRISE_REFERENCE_REQUIRED' });
      else valid.push({ row, pointer });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      faults.push(...error.faults.slice(0, 1));
    }
  }
  return { rows: valid, faults };
}
