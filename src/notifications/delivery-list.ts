import { Injectable } from '@nestjs/common';
import { OfficeTime } from '../calendar/office-time.js';
import { maskEmail, maskPhone, UNREADABLE } from '../organization/contact-mask.js';
import { notFound } from '../platform/errors/refusal.js';
import { type NewestFirst, NewestFirstReader } from '../platform/http/newest-first.js';
import type { Page } from '../platform/http/paging.js';
import { Reader } from '../platform/database/reader.js';
import { PersonalData } from '../platform/personal-data/personal-data.js';
import type { DeliveryQuery, DeliveryView } from './deliveries.dto.js';
import { DELIVERY_ROWS, deliveryConditions } from './delivery-rows.js';
import { numberColumn, recipientOf } from './recipient.js';

type Row = Omit<DeliveryView, 'recipient' | 'address' | 'acknowledgement' | 'resolution'> &
  Omit<DeliveryView['recipient'], 'name'> & { who: RecipientRow } & AcknowledgementRow &
  ResolutionRow;

interface RecipientRow {
  name: string;
  email: string | null;
  phoneSealed: string | null;
}

interface AcknowledgementRow {
  saidAt: Date | null;
  doneBy: string | null;
  saidNote: string | null;
}

interface ResolutionRow {
  resolvedAt: Date | null;
  resolvedBy: string | null;
  resolutionNote: string | null;
}

/** One of the two, as the delivery carries it. */
const CARRIED = `CASE WHEN d.reminder_id IS NOT NULL THEN
      json_build_object('rung', r.rung, 'clock', r.clock, 'clockRunId', r.clock_run_id,
        'deadlineVersion', r.deadline_version, 'assignmentId', r.assignment_id, 'caseId', r.case_id,
        'problemId', r.problem_id) END AS reminder,
    CASE WHEN d.notice_id IS NOT NULL THEN
      json_build_object('kind', n.kind, 'assignmentId', n.assignment_id, 'caseId', n.case_id,
        'problemId', n.problem_id) END AS notice`;

/** No join: who counts a list asks for nobody's name. */
const RECIPIENT = `(SELECT json_build_object('name', who.name, 'email', who.email, 'phoneSealed', who.phone_sealed)
       FROM ${recipientOf('d')} who) AS who`;

const LIST: NewestFirst<Row> = {
  name: 'deliveries',
  select: `d.id, d.message_id AS "messageId", ${CARRIED}, d.official_id AS "officialId", d.enterprise_id AS "enterpriseId", ${RECIPIENT}, d.channel, d.status, d.reason, coalesce(m.attempts, 0) AS attempts, d.queued_at AS "queuedAt", d.sent_at AS "sentAt",
    d.delivered_at AS "deliveredAt", m.gateway_code AS "gatewayCode", m.gateway_text AS "gatewayText",
    said.acknowledged_at AS "saidAt", said.done_by::text AS "doneBy", said.note AS "saidNote",
    m.resolved_at AS "resolvedAt", m.resolved_by AS "resolvedBy", m.resolution_note AS "resolutionNote"`,
  from: DELIVERY_ROWS,
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
    private readonly office: OfficeTime,
  ) {}

  page(query: DeliveryQuery): Promise<Page<DeliveryView>> {
    return this.lists.page(LIST, deliveryConditions(query, this.office), query, (row) => this.view(row));
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
    const { officialId, enterpriseId, who, ...told } = row;
    const { saidAt, doneBy, saidNote, ...sent } = told;
    const { resolvedAt, resolvedBy, resolutionNote, ...delivery } = sent;
    return {
      ...delivery,
      recipient: { officialId, enterpriseId, name: who.name },
      address: delivery.channel === 'email' ? maskEmail(who.email) : this.maskedNumber(row),
      acknowledgement: saidAt === null || doneBy === null ? null : { at: saidAt, doneBy, note: saidNote },
      resolution:
        resolvedAt === null || resolvedBy === null
          ? null
          : { at: resolvedAt, accountId: resolvedBy, note: resolutionNote ?? '' },
    };
  }

  private maskedNumber({ who: { phoneSealed }, officialId, enterpriseId }: Row): string | null {
    const id = officialId ?? enterpriseId;
    if (phoneSealed === null || id === null) return null;
    const column = numberColumn(officialId === null);
    return maskPhone(this.personalData.openOrTell(phoneSealed, column, id)) ?? UNREADABLE;
  }
}
