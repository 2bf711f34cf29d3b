import { Injectable } from '@nestjs/common';
import { OfficeTime } from '../../calendar/office-time.js';
import type { DistressType, Status } from '../../cases/lifecycle/states.js';
import { isLive } from '../../cases/lifecycle/states.js';
import type { Transaction } from '../../platform/database/transactions.js';
import { grouped } from '../../platform/grouped.js';

/** A case as detection looks at it. Months are the office's, `YYYY-MM`. */
export interface KnownCase {
  id: string;
  enterpriseId: string;
  isLive: boolean;
  isResolved: boolean;
  distressType: DistressType;
  /** The last month that belongs to the distress: of the candidate that it was opened upon, else of its report or last reopening. */
  sinceMonth: string;
  /** Place of the event with which its present life began. */
  beganWith: number;
  endedAt: Date | null;
  endedMonth: string | null;
}

interface Row {
  id: string;
  enterpriseId: string;
  status: Status;
  distressType: DistressType;
  beganAt: Date;
  beganWith: number;
  candidateMonths: string[] | null;
  endedAt: Date | null;
}

const lastEvent = (types: string): string =>
  `SELECT e.effective_at, e.sequence, e.payload FROM case_events e
    WHERE e.subject_id = c.id AND e.type IN (${types}) ORDER BY e.effective_at DESC, e.sequence DESC LIMIT 1`;

const CASES = `
  SELECT c.id, c.enterprise_id AS "enterpriseId", c.status, c.distress_type AS "distressType",
         began.effective_at AS "beganAt", began.sequence AS "beganWith",
         began.payload -> 'candidate' -> 'months' AS "candidateMonths",
         CASE WHEN c.status IN ('resolved', 'rejected', 'terminated') THEN ended.effective_at END AS "endedAt"
    FROM cases c
    CROSS JOIN LATERAL (${lastEvent(`'reported', 'reopened'`)}) began
    LEFT JOIN LATERAL (${lastEvent(`'resolved', 'rejected', 'terminated'`)}) ended ON true`;

@Injectable()
export class KnownCases {
  constructor(private readonly office: OfficeTime) {}

  /** All cases that enterprises have had, by enterprise. */
  async ofEnterprises(tx: Transaction, ids: readonly string[]): Promise<Map<string, KnownCase[]>> {
    const rows = await tx.query<Row>(`${CASES} WHERE c.enterprise_id = ANY ($1::uuid[]) ORDER BY c.id`, [
      ids,
    ]);
    return grouped(rows.map(this.known), ({ enterpriseId }) => enterpriseId);
  }

  async byId(tx: Transaction, id: string): Promise<KnownCase> {
    const [row] = await tx.query<Row>(`${CASES} WHERE c.id = $1`, [id]);
    if (row === undefined) throw new Error(`there is no case ${id}`);
    return this.known(row);
  }

  private readonly known = (row: Row): KnownCase => {
    const { id, enterpriseId, status, distressType, beganWith, endedAt } = row;
    return {
      id,
      enterpriseId,
      isLive: isLive(status),
      isResolved: status === 'resolved',
      distressType,
      sinceMonth: row.candidateMonths?.at(-1) ?? this.monthOf(row.beganAt),
      beganWith,
      endedAt,
      endedMonth: endedAt === null ? null : this.monthOf(endedAt),
    };
  };

  private monthOf(at: Date): string {
    return this.office.dateOf(at).slice(0, 7);
  }
}

export const liveOf = (cases: readonly KnownCase[]): KnownCase | undefined =>
  cases.find((known) => known.isLive);

/** The one that ended last; of those that ended at once the one reported last. */
export const lastEnded = (cases: readonly KnownCase[]): KnownCase | undefined =>
  cases
    .filter(({ endedAt }) => endedAt !== null)
    .reduce<KnownCase | undefined>(
      (last, known) =>
        last === undefined || (known.endedAt?.getTime() ?? 0) >= (last.endedAt?.getTime() ?? 0)
          ? known
          : last,
      undefined,
    );

/** After their enterprises, by id: the order of all changes. */
export async function lockCasesOf(tx: Transaction, enterpriseIds: readonly string[]): Promise<void> {
  await tx.query('SELECT 1 FROM cases WHERE enterprise_id = ANY ($1::uuid[]) ORDER BY id FOR UPDATE', [
    enterpriseIds,
  ]);
}
