import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Portals that are told of events, and every delivery to them. */
export class AddWebhooks1795426500000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
    CREATE TABLE webhooks (
      id uuid NOT NULL,
      url text NOT NULL,
      description text NOT NULL DEFAULT '',
      event_types text[] NOT NULL,
      reporting_unit_ids uuid[],
      is_active boolean NOT NULL DEFAULT true,
      inactive_because text,
      secret bytea NOT NULL,
      previous_secret bytea,
      previous_secret_until timestamptz,
      planned_through timestamptz NOT NULL,
      created_at timestamptz NOT NULL,
      created_by uuid NOT NULL,
      version integer NOT NULL DEFAULT 1,
      CONSTRAINT webhooks_inactive_check CHECK (inactive_because IN ('by_hand', 'gone')),
      CONSTRAINT webhooks_active_check CHECK (is_active = (inactive_because IS NULL)),
      CONSTRAINT webhooks_previous_secret_check
        CHECK ((previous_secret IS NULL) = (previous_secret_until IS NULL)),
      CONSTRAINT webhooks_pkey PRIMARY KEY (id)
    );
    CREATE TABLE webhook_deliveries (
      id uuid NOT NULL,
      webhook_id uuid NOT NULL,
      event_id uuid,
      type text NOT NULL,
      status text NOT NULL,
      attempts integer NOT NULL DEFAULT 0,
      next_attempt_at timestamptz NOT NULL,
      lease_until timestamptz,
      fence integer NOT NULL DEFAULT 0,
      status_code integer,
      error text,
      queued_at timestamptz NOT NULL,
      attempted_at timestamptz,
      delivered_at timestamptz,
      CONSTRAINT webhook_deliveries_status_check
        CHECK (status IN ('pending', 'sending', 'delivered', 'failed', 'cancelled')),
      CONSTRAINT webhook_deliveries_pkey PRIMARY KEY (id),
      CONSTRAINT webhook_deliveries_webhook_id_fkey FOREIGN KEY (webhook_id) REFERENCES webhooks (id)
    );
    CREATE UNIQUE INDEX webhook_deliveries_event_key ON webhook_deliveries (webhook_id, event_id);
    CREATE INDEX webhook_deliveries_log_idx ON webhook_deliveries (webhook_id, id);
    CREATE INDEX webhook_deliveries_ready_idx ON webhook_deliveries (webhook_id, next_attempt_at)
      WHERE status = 'pending';
    CREATE INDEX webhook_deliveries_lease_idx ON webhook_deliveries (lease_until) WHERE status = 'sending';
    CREATE INDEX webhook_deliveries_queued_idx ON webhook_deliveries (queued_at);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
    DROP TABLE webhook_deliveries;
    DROP TABLE webhooks;
    `);
  }
}
