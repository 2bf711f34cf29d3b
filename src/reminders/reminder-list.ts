import { Injectable } from '@nestjs/common';
import { Where } from '../platform/http/list-reader.js';
import { type NewestFirst, NewestFirstReader } from '../platform/http/newest-first.js';
import type { Page } from '../platform/http/paging.js';
import { REMINDER_STATES, type ReminderState } from './reminder-states.js';
import type { ReminderQuery, ReminderView } from './reminders.dto.js';

/** Some tenths of a second; there are six for each deadline that there ever was. */
const MOST_COUNTED = 1_000_000;

const REMINDERS: NewestFirst<ReminderView> = {
  name: 'reminders',
  select: `r.id, r.rung, r.clock, r.clock_run_id AS "clockRunId", r.deadline_version AS "deadlineVersion",
    r.deadline_at AS "deadlineAt", r.fires_at AS "firesAt", r.state, r.recorded_at AS "recordedAt",
    r.empty_duties AS "emptyDuties", r.policy_version AS "policyVersion", r.assignment_id AS "assignmentId",
    r.case_id AS "caseId", r.problem_id AS "problemId"`,
  from: 'reminders r',
  keys: [['r.id', 'uuid']],
  positionOf: (row) => [row.id],
  mostCounted: MOST_COUNTED,
};

/** The index is in the order of the list for each state by itself; asked for none of them, the list is that of all. */
const inStates = (states: readonly ReminderState[] = []): Pick<NewestFirst<ReminderView>, 'oneOf'> => {
  const asked = REMINDER_STATES.filter((state) => states.includes(state));
  return asked.length === 0 ? {} : { oneOf: asked.map((state) => `r.state = '${state}'`) };
};

/** Reminders as people see them. */
@Injectable()
export class ReminderList {
  constructor(private readonly lists: NewestFirstReader) {}

  reminders(query: ReminderQuery): Promise<Page<ReminderView>> {
    const where = new Where()
      .add(query.rung, (rung) => `r.rung = ANY(${rung}::text[])`)
      .add(query.clock, (clock) => `r.clock = ANY(${clock}::text[])`)
      .add(
        query.caseId,
        (id) => `r.subject_id = ANY(ARRAY(
          SELECT ${id}::uuid UNION ALL SELECT p.id FROM problems p WHERE p.case_id = ${id}::uuid))`,
      );
    return this.lists.page({ ...REMINDERS, ...inStates(query.state) }, where, query, (row) => row);
  }
}
