import { Injectable } from '@nestjs/common';
import { Where } from '../platform/http/list-reader.js';
import { type NewestFirst, NewestFirstReader } from '../platform/http/newest-first.js';
import type { Page } from '../platform/http/paging.js';
import type { ReminderQuery, ReminderView } from './reminders.dto.js';

const REMINDERS: NewestFirst<ReminderView> = {
  name: 'reminders',
  select: `r.id, r.rung, r.clock, r.clock_run_id AS "clockRunId", r.deadline_version AS "deadlineVersion",
    r.deadline_at AS "deadlineAt", r.fires_at AS "firesAt", r.state, r.recorded_at AS "recordedAt",
    r.empty_duties AS "emptyDuties", r.policy_version AS "policyVersion", r.assignment_id AS "assignmentId",
    r.case_id AS "caseId", r.problem_id AS "problemId"`,
  from: 'reminders r',
  keys: [['r.id', 'uuid']],
  positionOf: (row) => [row.id],
};

/** Reminders as people see them. */
@Injectable()
export class ReminderList {
  constructor(private readonly lists: NewestFirstReader) {}

  reminders(query: ReminderQuery): Promise<Page<ReminderView>> {
    const [state, ...others] = query.state ?? [];
    const where = new Where()
      // Of a single state the index is in the order of the list; of several it is not.
      .add(others.length === 0 ? state : undefined, (only) => `r.state = ${only}`)
      .add(others.length > 0 ? query.state : undefined, (states) => `r.state = ANY(${states}::text[])`)
      .add(query.rung, (rung) => `r.rung = ANY(${rung}::text[])`)
      .add(query.clock, (clock) => `r.clock = ANY(${clock}::text[])`)
      .add(
        query.caseId,
        (id) => `r.subject_id = ANY(ARRAY(
          SELECT ${id}::uuid UNION ALL SELECT p.id FROM problems p WHERE p.case_id = ${id}::uuid))`,
      );
    return this.lists.page(REMINDERS, where, query, (row) => row);
  }
}
