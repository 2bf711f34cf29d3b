import type { MigrationInterface, QueryRunner } from 'typeorm';

/** First answers to keyed POSTs, kept for a day. */
export class AddIdempotencyKeys1795424700000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
    CREATE TABLE idempotency_keys (
      account_id uuid NOT NULL,
      key text NOT NULL,
      fingerprint bytea NOT NULL,
      headers jsonb NOT NULL,
      body bytea,
      created_at timestamptz NOT NULL,
      CONSTRAINT idempotency_keys_pkey PRIMARY KEY (account_id, key)
    );
    CREATE INDEX idempotency_keys_created_idx ON idempotency_keys (created_at);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE idempotency_keys');
  }
}
