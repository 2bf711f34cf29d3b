import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What recipients say of reminders, what people say of messages that nobody knows the end of, and indexes to see both by. */
export class SeeDeliveries1795500500000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
    CREATE TABLE reminder_acknowledgements (
      reminder_id uuid NOT NULL,
      official_id uuid NOT NULL,
      done_by date NOT NULL,
      note text,
      acknowledged_at timestamptz NOT NULL,
      CONSTRAINT reminder_acknowledgements_pkey PRIMARY KEY (reminder_id, official_id)
    );
    ALTER TABLE messages
      ADD COLUMN resolved_at timestamptz,
      ADD COLUMN resolved_by uuid,
      ADD COLUMN resolution_note text,
      ADD CONSTRAINT messages_resolved_check CHECK ((resolved_at IS NULL) = (resolved_by IS NULL));
    CREATE INDEX messages_waiting_idx ON messages (channel, queued_at) WHERE status IN ('pending', 'sending');
    CREATE INDEX messages_trouble_idx ON messages (channel, status) WHERE status IN ('failed', 'unknown');
    CREATE INDEX deliveries_official_idx ON deliveries (official_id, id);
    CREATE INDEX deliveries_queued_idx ON deliveries USING brin (queued_at);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
    DROP INDEX deliveries_queued_idx;
    DROP INDEX deliveries_official_idx;
    DROP INDEX messages_trouble_idx;
    DROP INDEX messages_waiting_idx;
    ALTER TABLE messages
      DROP CONSTRAINT messages_resolved_check,
      DROP COLUMN resolution_note,
      DROP COLUMN resolved_by,
      DROP COLUMN resolved_at;
    DROP TABLE reminder_acknowledgements;
    `);
  }
}
