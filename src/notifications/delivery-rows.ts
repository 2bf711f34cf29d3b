import { plusDays } from '../calendar/calendar-date.js';
import type { OfficeTime } from '../calendar/office-time.js';
import { Where } from '../platform/http/list-reader.js';
import type { DeliveryFilter } from './delivery-filter.dto.js';

/**
 * A delivery `d` with its reminder or notice, the message that carries it and what the recipient said. All joined
 * by unique keys from the left: what a statement does not name costs it nothing.
 */
export const DELIVERY_ROWS = `deliveries d
  LEFT JOIN reminders r ON r.id = d.reminder_id
  LEFT JOIN notices n ON n.id = d.notice_id
  LEFT JOIN messages m ON m.id = d.message_id
  LEFT JOIN reminder_acknowledgements said ON said.reminder_id = d.reminder_id AND said.official_id = d.official_id`;

/** The conditions of a filter over {@link DELIVERY_ROWS}. */
export function deliveryConditions(filter: DeliveryFilter, office: OfficeTime): Where {
  const { queuedFrom, queuedTo } = filter;
  return (
    new Where()
      .add(filter.status, (status) => `d.status = ANY(${status}::text[])`)
      .add(filter.channel, (channel) => `d.channel = ANY(${channel}::text[])`)
      .add(filter.rung, (rung) => `r.rung = ANY(${rung}::text[])`)
      .add(filter.kind, (kind) => `n.kind = ANY(${kind}::text[])`)
      // As arrays, so that the few of a case or department are looked up first whatever the order of the list.
      .add(filter.caseId, (id) =>
        toldOf(`SELECT ${id}::uuid UNION ALL SELECT p.id FROM problems p WHERE p.case_id = ${id}::uuid`),
      )
      .add(filter.problemId, (id) => toldOf(`SELECT ${id}::uuid`))
      .add(filter.official, (id) => `d.official_id = ${id}::uuid`)
      .add(filter.enterprise, (id) => `d.enterprise_id = ${id}::uuid`)
      .add(
        filter.department,
        (id) =>
          `d.official_id = ANY(ARRAY(SELECT own.id FROM officials own WHERE own.department_id = ${id}::uuid))`,
      )
      .add(filter.messageId, (id) => `d.message_id = ${id}::uuid`)
      .add(filter.reason, (reason) => `d.reason = ANY(${reason}::text[])`)
      .add(filter.gatewayCode, (code) => `m.gateway_code = ANY(${code}::text[])`)
      .add(startOf(queuedFrom, office), (from) => `d.queued_at >= ${from}`)
      .add(
        startOf(queuedTo === undefined ? undefined : plusDays(queuedTo, 1), office),
        (to) => `d.queued_at < ${to}`,
      )
  );
}

const startOf = (on: string | undefined, office: OfficeTime): Date | undefined =>
  on === undefined ? undefined : office.at(on, '00:00');

/** Deliveries of what reminders and notices say of these cases and problems. */
const toldOf = (subjects: string): string => `d.id = ANY(ARRAY(
    SELECT own.id FROM reminders told JOIN deliveries own ON own.reminder_id = told.id
     WHERE told.subject_id IN (${subjects})
     UNION ALL
    SELECT own.id FROM notices told JOIN deliveries own ON own.notice_id = told.id
     WHERE told.subject_id IN (${subjects})))`;
