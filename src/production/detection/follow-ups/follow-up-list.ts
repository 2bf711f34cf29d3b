import { Injectable } from '@nestjs/common';
import type { Caller } from '../../../access/actor.js';
import { caseScope } from '../../../access/scope.js';
import { OfficeTime } from '../../../calendar/office-time.js';
import { Clock } from '../../../platform/clock/clock.js';
import { Reader } from '../../../platform/database/reader.js';
import { notFound } from '../../../platform/errors/refusal.js';
import { type List, ListReader, Where } from '../../../platform/http/list-reader.js';
import type { Page } from '../../../platform/http/paging.js';
import type { FollowUpQuery, FollowUpStanding, FollowUpView } from './follow-ups.dto.js';

type Row = FollowUpView;

/** `$1` is today. */
const STANDING = `CASE WHEN f.status = 'due' AND f.due_on < $1::date THEN 'overdue' ELSE f.status END`;

const FOLLOW_UPS: List<Row> = {
  name: 'follow-ups',
  select: `f.id, f.after_days AS "afterDays", f.due_on::text AS "dueOn", ${STANDING} AS status, f.finding, f.note,
    f.file_ids AS "fileIds", f.recorded_at AS "recordedAt", f.version,
    jsonb_build_object('id', c.id, 'number', c.number) AS "case",
    jsonb_build_object('id', en.id, 'name', en.name, 'creditCode', en.credit_code,
      'reportingUnit', jsonb_build_object('code', u.code, 'name', u.name)) AS enterprise,
    CASE WHEN a.id IS NULL THEN NULL
         ELSE jsonb_build_object('id', a.id, 'name', coalesce(o.name, a.username)) END AS "recordedBy"`,
  from: `recovery_follow_ups f
    JOIN cases c ON c.id = f.case_id
    JOIN enterprises en ON en.id = c.enterprise_id
    JOIN reporting_units u ON u.id = c.reporting_unit_id
    LEFT JOIN accounts a ON a.id = f.recorded_by
    LEFT JOIN officials o ON o.id = a.official_id`,
  keys: ['f.due_on', 'f.id'],
  types: ['date', 'uuid'],
  positionOf: (row) => [row.dueOn, row.id],
};

const OPEN: readonly FollowUpStanding[] = ['due', 'overdue'];

/** Reads of follow-ups, within the scope of who asks. */
@Injectable()
export class FollowUpList {
  constructor(
    private readonly reader: Reader,
    private readonly lists: ListReader,
    private readonly clock: Clock,
    private readonly office: OfficeTime,
  ) {}

  /** By due date. */
  list(caller: Caller, query: FollowUpQuery): Promise<Page<FollowUpView>> {
    const where = this.scoped(caller)
      .add(query.status ?? OPEN, (standings) => `${STANDING} = ANY (${standings}::text[])`)
      .add(
        query.reportingUnit,
        (codes) =>
          `c.reporting_unit_id IN (SELECT id FROM reporting_units WHERE code = ANY (${codes}::text[]))`,
      );
    return this.lists.page(FOLLOW_UPS, where, query, (row) => row);
  }

  /** @throws Refusal 404 NOT_FOUND */
  async byId(caller: Caller, id: string): Promise<FollowUpView> {
    const where = this.scoped(caller).add(id, (parameter) => `f.id = ${parameter}`);
    const [row] = await this.reader.query<Row>(
      `SELECT ${FOLLOW_UPS.select} FROM ${FOLLOW_UPS.from} WHERE ${where.sql}`,
      where.parameters,
    );
    if (row === undefined) throw notFound('followUp', id);
    return row;
  }

  private scoped(caller: Caller): Where {
    const where = new Where();
    // Today: the first parameter, as what is selected says.
    where.add(this.office.dateOf(this.clock.now()), (today) => `${today}::date IS NOT NULL`);
    return where.addScope((first) => caseScope(caller, 'c', first));
  }
}
