import { Injectable } from '@nestjs/common';
import { maskEmail, maskPhone, UNREADABLE } from '../organization/contact-mask.js';
import { OFFICIAL_MOBILE } from '../organization/official-mobile.js';
import { notFound } from '../platform/errors/refusal.js';
import { type NewestFirst, NewestFirstReader } from '../platform/http/newest-first.js';
import { Where } from '../platform/http/list-reader.js';
import type { Page } from '../platform/http/paging.js';
import { Reader } from '../platform/database/reader.js';
import { PersonalData } from '../platform/personal-data/personal-data.js';
import type { DeliveryQuery, DeliveryView } from './deliveries.dto.js';

type Row = Omit<DeliveryView, 'recipient' | 'address'> &
  DeliveryView['recipient'] & { email: string | null; mobileSealed: string | null };

/** One of the two, as the delivery carries it. */
const CARRIED = `CASE WHEN d.reminder_id IS NOT NULL THEN
      json_build_object('rung', r.rung, 'clock', r.clock, 'clockRunId', r.clock_run_id,
        'deadlineVersion', r.deadline_version, 'assignmentId', r.assignment_id, 'caseId', r.case_id,
        'problemId', r.problem_id) END AS reminder,
    CASE WHEN d.notice_id IS NOT NULL THEN
      json_build_object('kind', n.kind, 'assignmentId', n.assignment_id, 'caseId', n.case_id,
        'problemId', n.problem_id) END AS notice`;

const LIST: NewestFirst<Row> = {
  name: 'deliveries',
  select: `d.id, d.message_id AS "messageId", ${CARRIED}, d.official_id AS "officialId", o.name, o.email, o.mobile_sealed AS "mobileSealed", d.channel, d.status,
    d.reason, coalesce(m.attempts, 0) AS attempts, d.queued_at AS "queuedAt", d.sent_at AS "sentAt",
    d.delivered_at AS "deliveredAt", m.gateway_code AS "gatewayCode", m.gateway_text AS "gatewayText"`,
  from: `deliveries d
    LEFT JOIN reminders r ON r.id = d.reminder_id
    LEFT JOIN notices n ON n.id = d.notice_id
    JOIN officials o ON o.id = d.official_id
    LEFT JOIN messages m ON m.id = d.message_id`,
  keys: [['d.id', 'uuid']],
  positionOf: (row) => [row.id],
};

/** As an array, so that the few deliveries of a case are looked up first whatever the order of the list. */
const ofCase = (id: string): string => {
  const subjects = `(SELECT ${id}::uuid UNION ALL SELECT p.id FROM problems p WHERE p.case_id = ${id}::uuid)`;
  return `d.id = ANY(ARRAY(
    SELECT own.id FROM reminders told JOIN deliveries own ON own.reminder_id = told.id WHERE told.subject_id IN ${subjects}
     UNION ALL
    SELECT own.id FROM notices told JOIN deliveries own ON own.notice_id = told.id WHERE told.subject_id IN ${subjects}))`;
};

/** Deliveries as people see them. */
@Injectable()
export class DeliveryList {
  constructor(
    private readonly lists: NewestFirstReader,
    private readonly reader: Reader,
    private readonly personalData: PersonalData,
  ) {}

  page(query: DeliveryQuery): Promise<Page<DeliveryView>> {
    const where = new Where()
      .add(query.status, (status) => `d.status = ANY(${status}::text[])`)
      .add(query.channel, (channel) => `d.channel = ANY(${channel}::text[])`)
      .add(query.rung, (rung) => `r.rung = ANY(${rung}::text[])`)
      .add(query.kind, (kind) => `n.kind = ANY(${kind}::text[])`)
      .add(query.caseId, ofCase);
    return this.lists.page(LIST, where, query, (row) => this.view(row));
  }

  /** @throws Refusal 404 NOT_FOUND */
  async byId(id: string): Promise<DeliveryView> {
    const [row] = await this.reader.query<Row>(`SELECT ${LIST.select} FROM ${LIST.from} WHERE d.id = $1`, [
      id,
    ]);
    if (row === undefined) throw notFound('delivery', id);
    return this.view(row);
  }

  private view(row: Row): DeliveryView {
    const { officialId, name, email, mobileSealed, ...delivery } = row;
    return {
      ...delivery,
      recipient: { officialId, name },
      address: delivery.channel === 'email' ? maskEmail(email) : this.maskedMobile(mobileSealed, officialId),
    };
  }

  private maskedMobile(sealed: string | null, officialId: string): string | null {
    if (sealed === null) return null;
    return maskPhone(this.personalData.openOrTell(sealed, OFFICIAL_MOBILE, officialId)) ?? UNREADABLE;
  }
}
