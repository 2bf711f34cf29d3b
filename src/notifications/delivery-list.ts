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

type Row = Omit<DeliveryView, 'reminder' | 'recipient' | 'address'> &
  DeliveryView['reminder'] &
  DeliveryView['recipient'] & { email: string | null; mobileSealed: string | null };

const LIST: NewestFirst<Row> = {
  name: 'deliveries',
  select: `d.id, d.message_id AS "messageId", r.rung, r.clock, r.clock_run_id AS "clockRunId",
    r.deadline_version AS "deadlineVersion", r.assignment_id AS "assignmentId", r.case_id AS "caseId",
    r.problem_id AS "problemId", d.official_id AS "officialId", o.name, o.email, o.mobile_sealed AS "mobileSealed", d.channel, d.status,
    d.reason, coalesce(m.attempts, 0) AS attempts, d.queued_at AS "queuedAt", d.sent_at AS "sentAt",
    d.delivered_at AS "deliveredAt", m.gateway_code AS "gatewayCode", m.gateway_text AS "gatewayText"`,
  from: `deliveries d
    JOIN reminders r ON r.id = d.reminder_id
    JOIN officials o ON o.id = d.official_id
    LEFT JOIN messages m ON m.id = d.message_id`,
  keys: [['d.id', 'uuid']],
  positionOf: (row) => [row.id],
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
      // As an array, so that the few reminders of a case are looked up first whatever the order of the list.
      .add(
        query.caseId,
        (id) => `d.reminder_id = ANY(ARRAY(SELECT own.id FROM reminders own WHERE own.subject_id IN
          (SELECT ${id}::uuid UNION ALL SELECT p.id FROM problems p WHERE p.case_id = ${id}::uuid)))`,
      );
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
    const { rung, clock, clockRunId, deadlineVersion, assignmentId, caseId, problemId, ...rest } = row;
    const { officialId, name, email, mobileSealed, ...delivery } = rest;
    return {
      ...delivery,
      reminder: { rung, clock, clockRunId, deadlineVersion, assignmentId, caseId, problemId },
      recipient: { officialId, name },
      address: delivery.channel === 'email' ? maskEmail(email) : this.maskedMobile(mobileSealed, officialId),
    };
  }

  private maskedMobile(sealed: string | null, officialId: string): string | null {
    if (sealed === null) return null;
    return maskPhone(this.personalData.openOrTell(sealed, OFFICIAL_MOBILE, officialId)) ?? UNREADABLE;
  }
}
