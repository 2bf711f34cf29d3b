import { Injectable } from '@nestjs/common';
import { OfficeTime } from '../../calendar/office-time.js';
import type { CaseEventType } from '../../cases/case-events.js';
import type { SubjectKind } from '../../cases/lifecycle/states.js';
import { chooseAsOf } from '../asked-period.js';
import { parsePeriod, stretchOf } from '../period.js';
import type { KnownTally } from '../tally/known-tally.js';
import { TallyReader } from '../tally/tally-reader.js';
import { endOf, nextWeek, parseWeek, startOf } from '../week.js';
import type { Ahead } from './circular-facts.js';

const TAKEN: readonly CaseEventType[] = ['assigned', 'claimed', 'reassigned', 'reopened'];
const DEADLINES: readonly CaseEventType[] = [
  ...TAKEN,
  'sent_back',
  'resumed',
  'extension_approved',
  'deadline_recomputed',
];

/** The last event of some types before a moment, as known at another. */
const lastEvent = (types: string): string => `
  SELECT e.payload FROM case_events e
   WHERE e.subject_id = standing.subject_id AND e.recorded_at < $1 AND e.effective_at < $2 AND e.type = ANY (${types}::text[])`;
const NEWEST = 'ORDER BY e.effective_at DESC, e.sequence DESC LIMIT 1';

/** Deadlines and review dates are read from the events: lines know of a deadline only once it has passed. */
const aheadOf = (tally: KnownTally): string => `
SELECT count(*) FILTER (WHERE state = 'verifying')::int AS verifying,
       count(*) FILTER (WHERE state IN ('assigned', 'in_progress')
                          AND (deadline.payload ->> 'dueAt')::timestamptz >= $4
                          AND (deadline.payload ->> 'dueAt')::timestamptz < $5)::int AS due,
       count(*) FILTER (WHERE state = 'on_hold' AND hold.payload ->> 'reviewOn' BETWEEN $6 AND $7)::int
         AS "holdsToReview"
  FROM (SELECT subject_id, state FROM tally_lines
         WHERE what = 'standing' AND subject_kind = $3 AND state IN ('assigned', 'in_progress', 'verifying', 'on_hold')
           AND ${tally.isKnown('$1')} AND ${tally.holdsAt('$2', '$1')}) standing
  LEFT JOIN LATERAL (${lastEvent('$8')} ${NEWEST}) taken ON state IN ('assigned', 'in_progress')
  LEFT JOIN LATERAL (${lastEvent('$9')} AND e.payload ->> 'assignmentId' = taken.payload ->> 'assignmentId' ${NEWEST})
       deadline ON true
  LEFT JOIN LATERAL (${lastEvent(`'{held}'`)} ${NEWEST}) hold ON state = 'on_hold'`;

/** What the week after a week brings, of what stood on the books at its end. */
@Injectable()
export class WeekAhead {
  constructor(
    private readonly reader: TallyReader,
    private readonly office: OfficeTime,
  ) {}

  /** @throws Refusal as a table of the week does */
  of(name: string, subject: SubjectKind, asOf: Date): Promise<Ahead> {
    const period = parsePeriod(name);
    const next = nextWeek(parseWeek(name));
    return this.reader.read(
      (latest) => chooseAsOf(period, latest, asOf, this.office),
      async (tally) => {
        const { until } = stretchOf(period, tally.asOf, this.office);
        const [ahead] = await tally.query<Ahead>(aheadOf(tally), [
          tally.asOf,
          new Date(until),
          subject,
          startOf(next, this.office),
          endOf(next, this.office),
          next.mondayOn,
          next.sundayOn,
          TAKEN,
          DEADLINES,
        ]);
        if (ahead === undefined) throw new Error('an aggregate answered nothing');
        return ahead;
      },
    );
  }
}
