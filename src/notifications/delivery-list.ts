import { Injectable } from '@nestjs/common';
import { OfficeTime } from '../calendar/office-time.js';
import { maskEmail, maskPhone, UNREADABLE } from '../organization/contact-mask.js';
import { OFFICIAL_MOBILE } from '../organization/official-mobile.js';
import { notFound } from '../platform/errors/refusal.js';
import { type NewestFirst, NewestFirstReader } from '../platform/http/newest-first.js';
import type { Page } from '../platform/http/paging.js';
import { Reader } from '../platform/database/reader.js';
import { PersonalData } from '../platform/personal-data/personal-data.js';
import type { DeliveryQuery, DeliveryView } from './deliveries.dto.js';
import { DELIVERY_ROWS, deliveryConditions } from './delivery-rows.js';

type Row = Omit<DeliveryView, 'reminder' | 'recipient' | 'address' | 'acknowledgement' | 'resolution'> &
  DeliveryView['reminder'] &
  DeliveryView['recipient'] & { email: string | null; mobileSealed: string | null } & AcknowledgementRow &
  ResolutionRow;

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

const LIST: NewestFirst<Row> = {
  name: 'deliveries',
  select: `d.id, d.message_id AS "messageId", r.rung, r.clock, r.clock_run_id AS "clockRunId",
    r.deadline_version AS "deadlineVersion", r.assignment_id AS "assignmentId", r.case_id AS "caseId",
    r.problem_id AS "problemId", d.official_id AS "officialId", o.name, o.email, o.mobile_sealed AS "mobileSealed", d.channel, d.status,
    d.reason, coalesce(m.attempts, 0) AS attempts, d.queued_at AS "queuedAt", d.sent_at AS "sentAt",
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
    const { rung, clock, clockRunId, deadlineVersion, assignmentId, caseId, problemId, ...rest } = row;
    const { officialId, name, email, mobileSealed, saidAt, doneBy, saidNote, ...sent } = rest;
    const { resolvedAt, resolvedBy, resolutionNote, ...delivery } = sent;
    return {
      ...delivery,
      reminder: { rung, clock, clockRunId, deadlineVersion, assignmentId, caseId, problemId },
      recipient: { officialId, name },
      address: delivery.channel === 'email' ? maskEmail(email) : this.maskedMobile(mobileSealed, officialId),
      acknowledgement: saidAt === null || doneBy === null ? null : { at: saidAt, doneBy, note: saidNote },
      resolution:
        resolvedAt === null || resolvedBy === null
          ? null
          : { at: resolvedAt, accountId: resolvedBy, note: resolutionNote ?? '' },
    };
  }

  private maskedMobile(sealed: string | null, officialId: string): string | null {
    if (sealed === null) return null;
    return maskPhone(this.personalData.openOrTell(sealed, OFFICIAL_MOBILE, officialId)) ?? UNREADABLE;
  }
}
