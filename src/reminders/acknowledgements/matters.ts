import { Injectable } from '@nestjs/common';
import { isLive, type Status } from '../../cases/lifecycle/states.js';
import { Reader } from '../../platform/database/reader.js';
import type { Transaction } from '../../platform/database/transactions.js';
import { MOST_SHOWN } from '../reminder-facts.js';

/** What a recipient said last. */
export interface Said {
  /** Calendar date. */
  doneBy: string;
  note: string | null;
  at: Date;
}

/** One reminder that somebody got, as it stands now. */
export interface Matter {
  deliveryId: string;
  reminderId: string;
  officialId: string;
  caseId: string | null;
  problemId: string | null;
  rung: string;
  deadlineAt: Date;
  /** Of the case or problem. */
  number: string;
  /** The enterprise, or the project. */
  ownerName: string;
  /** `closed`: the case or problem is. `moved`: somebody else has to do with it now, or nobody. */
  state: 'open' | 'closed' | 'moved';
  said: Said | null;
}

type Row = Omit<Matter, 'state' | 'said'> & {
  status: Status;
  isTheirs: boolean;
  doneBy: string | null;
  note: string | null;
  saidAt: Date | null;
};

/** The last handover of what the reminder `r` is about, from or to the recipient of `d`, took it away. */
const IS_HANDED_OVER = `coalesce((
  SELECT ev.payload ->> 'fromOfficialId' = d.official_id::text
    FROM case_events ev
   WHERE ev.subject_id = r.subject_id AND ev.type = 'handed_over'
     AND CASE r.clock WHEN 'co_handle' THEN ev.payload ->> 'coHandlerId' = r.clock_run_id::text
                      ELSE ev.payload ->> 'coHandlerId' IS NULL
                           AND ev.payload ->> 'assignmentId' = r.assignment_id::text END
     AND d.official_id::text IN (ev.payload ->> 'fromOfficialId', ev.payload ->> 'toOfficialId')
   ORDER BY ev.sequence DESC LIMIT 1), false)`;

/** Whether the start of the clock that the reminder is about still counts: another has begun, or what it waited for has come. */
const IS_OF_NOW = `CASE r.clock
  WHEN 'assign' THEN coalesce(p.status, c.status) = 'reported'
                     AND coalesce(p.assign_clock_run_id, c.assign_clock_run_id) = r.clock_run_id
  WHEN 'verify' THEN EXISTS (SELECT 1 FROM closure_requests q WHERE q.id = r.clock_run_id AND q.decided_at IS NULL)
  ELSE a.ended_at IS NULL END`;

const MATTERS = `
SELECT d.id AS "deliveryId", r.id AS "reminderId", d.official_id AS "officialId", r.case_id AS "caseId",
       r.problem_id AS "problemId", r.rung, r.deadline_at AS "deadlineAt", coalesce(p.number, c.number) AS number,
       coalesce(e.name, j.name) AS "ownerName", coalesce(p.status, c.status) AS status,
       ${IS_OF_NOW} AND NOT ${IS_HANDED_OVER} AS "isTheirs",
       said.done_by::text AS "doneBy", said.note, said.acknowledged_at AS "saidAt"
  FROM deliveries d
  JOIN reminders r ON r.id = d.reminder_id
  JOIN officials o ON o.id = d.official_id AND o.is_active
  LEFT JOIN assignments a ON a.id = r.assignment_id
  LEFT JOIN problems p ON p.id = r.problem_id
  LEFT JOIN cases c ON c.id = r.case_id
  LEFT JOIN enterprises e ON e.id = coalesce(p.enterprise_id, c.enterprise_id)
  LEFT JOIN projects j ON j.id = p.project_id
  LEFT JOIN reminder_acknowledgements said ON said.reminder_id = r.id AND said.official_id = d.official_id
 WHERE d.official_id = $1 AND d.status <> 'suppressed'`;

/** What of a message, or which delivery, somebody may say something of. Nothing is whose recipient has left. */
@Injectable()
export class Matters {
  constructor(private readonly reader: Reader) {}

  /** As many as its letter shows, in its order. */
  async ofMessage(messageId: string, officialId: string): Promise<Matter[]> {
    const sql = `${MATTERS} AND d.message_id = $2 ORDER BY r.deadline_at, r.id LIMIT ${MOST_SHOWN}`;
    return (await this.reader.query<Row>(sql, [officialId, messageId])).map(matterOf);
  }

  /** One that is not the official's own is not there. */
  async ofDelivery(
    deliveryId: string,
    officialId: string,
    from: Pick<Transaction, 'query'> = this.reader,
  ): Promise<Matter | undefined> {
    const [row] = await from.query<Row>(`${MATTERS} AND d.id = $2`, [officialId, deliveryId]);
    return row === undefined ? undefined : matterOf(row);
  }
}

function matterOf({ status, isTheirs, doneBy, note, saidAt, ...matter }: Row): Matter {
  return {
    ...matter,
    state: !isLive(status) ? 'closed' : isTheirs ? 'open' : 'moved',
    said: doneBy === null || saidAt === null ? null : { doneBy, note, at: saidAt },
  };
}
