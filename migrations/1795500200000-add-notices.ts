import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Messages that are no reminders, on the same rails: a delivery carries one or the other. */
export class AddNotices1795500200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
    CREATE TABLE notices (
      id uuid NOT NULL,
      kind text NOT NULL,
      cause text NOT NULL,
      subject_id uuid,
      case_id uuid,
      problem_id uuid,
      assignment_id uuid,
      co_handler_id uuid,
      department_id uuid,
      official_id uuid,
      facts jsonb NOT NULL,
      deadline_at timestamptz,
      fires_at timestamptz NOT NULL,
      is_current boolean NOT NULL DEFAULT true,
      empty_duties text[] NOT NULL DEFAULT '{}',
      recorded_at timestamptz,
      CONSTRAINT notices_kind_check
        CHECK (kind IN ('assigned', 'co_handling', 'sent_back', 'extension_decided', 'weekly_published',
                        'production_report_due', 'test')),
      CONSTRAINT notices_pkey PRIMARY KEY (id)
    );
    CREATE UNIQUE INDEX notices_key ON notices (kind, cause);
    CREATE INDEX notices_due_idx ON notices (fires_at) WHERE recorded_at IS NULL AND is_current;
    CREATE INDEX notices_subject_idx ON notices (subject_id) WHERE subject_id IS NOT NULL;
    ALTER TABLE deliveries ALTER COLUMN reminder_id DROP NOT NULL;
    ALTER TABLE deliveries ADD COLUMN notice_id uuid;
    ALTER TABLE deliveries ADD CONSTRAINT deliveries_one_check CHECK (num_nonnulls(reminder_id, notice_id) = 1);
    CREATE UNIQUE INDEX deliveries_notice_key ON deliveries (notice_id, official_id, channel)
      WHERE notice_id IS NOT NULL;
    ALTER TABLE officials ADD COLUMN notice_channels text[];
    ALTER TABLE officials ADD CONSTRAINT officials_notice_channels_check
      CHECK (notice_channels <@ ARRAY['email', 'sms'] AND cardinality(notice_channels) > 0);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
    ALTER TABLE officials DROP COLUMN notice_channels;
    DELETE FROM deliveries WHERE notice_id IS NOT NULL;
    ALTER TABLE deliveries DROP COLUMN notice_id;
    ALTER TABLE deliveries ALTER COLUMN reminder_id SET NOT NULL;
    DROP TABLE notices;
    `);
  }
}
