import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What gateways say became of SMS: asked for by a schedule, found by their own id, and kept when it comes too early. */
export class TakeReceipts1795500300000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
    ALTER TABLE messages
      ADD COLUMN receipt_asks integer NOT NULL DEFAULT 0,
      ADD COLUMN receipt_ask_at timestamptz;
    CREATE INDEX messages_gateway_idx ON messages (gateway_id) WHERE gateway_id IS NOT NULL;
    CREATE INDEX messages_receipt_idx ON messages (next_attempt_at)
      WHERE channel = 'sms' AND status IN ('sent', 'unknown') AND receipt_asks < 4;
    CREATE TABLE early_receipts (
      id uuid NOT NULL,
      gateway_id text NOT NULL,
      status text NOT NULL,
      code text NOT NULL,
      text text NOT NULL,
      at timestamptz,
      received_at timestamptz NOT NULL,
      CONSTRAINT early_receipts_status_check CHECK (status IN ('delivered', 'failed')),
      CONSTRAINT early_receipts_pkey PRIMARY KEY (id)
    );
    CREATE UNIQUE INDEX early_receipts_key ON early_receipts (gateway_id, status);
    CREATE INDEX early_receipts_received_idx ON early_receipts (received_at);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
    DROP TABLE early_receipts;
    DROP INDEX messages_receipt_idx;
    DROP INDEX messages_gateway_idx;
    ALTER TABLE messages DROP COLUMN receipt_ask_at, DROP COLUMN receipt_asks;
    `);
  }
}
