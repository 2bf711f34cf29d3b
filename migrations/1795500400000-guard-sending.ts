import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The SMS of one number in one day, and what the groups of the task force are told each day. */
export class GuardSending1795500400000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
    CREATE TABLE sms_slots (
      on_day date NOT NULL,
      number_key bytea NOT NULL,
      slot integer NOT NULL,
      message_id uuid NOT NULL,
      CONSTRAINT sms_slots_pkey PRIMARY KEY (on_day, number_key, slot)
    );
    CREATE INDEX sms_slots_message_idx ON sms_slots (message_id);
    ALTER TABLE deliveries ADD COLUMN held_until timestamptz;
    CREATE INDEX messages_queued_idx ON messages (queued_at);
    CREATE TABLE group_digests (
      id uuid NOT NULL,
      robot text NOT NULL,
      on_day date NOT NULL,
      content text NOT NULL,
      status text NOT NULL,
      attempts integer NOT NULL DEFAULT 0,
      next_attempt_at timestamptz NOT NULL,
      lease_until timestamptz,
      fence integer NOT NULL DEFAULT 0,
      gateway_code text,
      gateway_text text,
      queued_at timestamptz NOT NULL,
      sent_at timestamptz,
      CONSTRAINT group_digests_robot_check CHECK (robot IN ('wecom', 'dingtalk')),
      CONSTRAINT group_digests_status_check
        CHECK (status IN ('pending', 'sending', 'sent', 'failed', 'unknown')),
      CONSTRAINT group_digests_pkey PRIMARY KEY (id)
    );
    CREATE UNIQUE INDEX group_digests_key ON group_digests (robot, on_day);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
    DROP TABLE group_digests;
    DROP INDEX messages_queued_idx;
    UPDATE deliveries SET reason = NULL WHERE held_until IS NOT NULL AND reason = 'HELD_BY_CAP';
    ALTER TABLE deliveries DROP COLUMN held_until;
    DROP TABLE sms_slots;
    `);
  }
}
