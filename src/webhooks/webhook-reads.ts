import { Injectable } from '@nestjs/common';
import { Reader } from '../platform/database/reader.js';
import { notFound } from '../platform/errors/refusal.js';
import { Where } from '../platform/http/list-reader.js';
import { type NewestFirst, NewestFirstReader } from '../platform/http/newest-first.js';
import type { Page, PageQuery } from '../platform/http/paging.js';
import { messageIdOf } from './send-message.js';
import type { WebhookDeliveryQuery, WebhookDeliveryView } from './webhook-deliveries.dto.js';
import type { WebhookView } from './webhooks.dto.js';

const WEBHOOKS: NewestFirst<WebhookView> = {
  name: 'webhooks',
  select: `w.id, w.url, w.description, w.event_types AS "eventTypes", w.reporting_unit_ids AS "reportingUnitIds",
    w.is_active AS "isActive", w.inactive_because AS "inactiveBecause",
    w.previous_secret_until AS "previousSecretUntil", w.created_at AS "createdAt", w.version`,
  from: 'webhooks w',
  keys: [['w.id', 'uuid']],
  positionOf: (row) => [row.id],
};

type DeliveryRow = Omit<WebhookDeliveryView, 'messageId'>;

const DELIVERIES: NewestFirst<DeliveryRow> = {
  name: 'webhook-deliveries',
  select: `d.id, d.webhook_id AS "webhookId", d.event_id AS "eventId", d.type, d.status, d.attempts,
    CASE WHEN d.status = 'pending' THEN d.next_attempt_at END AS "nextAttemptAt", d.status_code AS "statusCode",
    d.error, d.queued_at AS "queuedAt", d.attempted_at AS "attemptedAt", d.delivered_at AS "deliveredAt"`,
  from: 'webhook_deliveries d',
  keys: [['d.id', 'uuid']],
  positionOf: (row) => [row.id],
};

/** Webhooks and what was sent to them, as an administrator sees them; secrets are not among it. */
@Injectable()
export class WebhookReads {
  constructor(
    private readonly reader: Reader,
    private readonly lists: NewestFirstReader,
  ) {}

  page(query: PageQuery): Promise<Page<WebhookView>> {
    return this.lists.page(WEBHOOKS, new Where(), query, (row) => row);
  }

  /** @throws Refusal 404 NOT_FOUND */
  async byId(id: string): Promise<WebhookView> {
    const sql = `SELECT ${WEBHOOKS.select} FROM ${WEBHOOKS.from} WHERE w.id = $1`;
    const [found] = await this.reader.query<WebhookView>(sql, [id]);
    if (found === undefined) throw notFound('webhook', id);
    return found;
  }

  /** @throws Refusal 404 NOT_FOUND */
  async deliveries(webhookId: string, query: WebhookDeliveryQuery): Promise<Page<WebhookDeliveryView>> {
    await this.byId(webhookId);
    const where = new Where()
      .add(webhookId, (id) => `d.webhook_id = ${id}`)
      .add(query.status, (status) => `d.status = ANY(${status}::text[])`);
    return this.lists.page(DELIVERIES, where, query, view);
  }

  /** @throws Refusal 404 NOT_FOUND */
  async delivery(id: string): Promise<WebhookDeliveryView> {
    const sql = `SELECT ${DELIVERIES.select} FROM ${DELIVERIES.from} WHERE d.id = $1`;
    const [found] = await this.reader.query<DeliveryRow>(sql, [id]);
    if (found === undefined) throw notFound('webhookDelivery', id);
    return view(found);
  }
}

const view = (row: DeliveryRow): WebhookDeliveryView => ({
  ...row,
  messageId: messageIdOf(row.eventId ?? row.id),
});
