import type { MigrationInterface, QueryRunner } from 'typeorm';

const KINDS = `'assigned', 'co_handling', 'sent_back', 'extension_decided', 'weekly_published', 'production_report_due', 'test', 'issue_prepared', 'weekly_issue'`;
const OF_PRODUCTION = `'figures_due', 'figure_query', 'follow_up_due', 'relapse_proposed', 'candidates_waiting'`;

/** Scheme, key and text of what is sealed. */
const SEALED = `contact_phone_search_key IS NOT NULL
            AND contact_phone_sealed ~ '^(aes-256-gcm|sm4):[A-Za-z0-9_-]{1,32}:[A-Za-z0-9_-]+$'`;

/**
 * Messages to the contacts of enterprises, on the rails of those to officials. Which of the numbers known already are
 * mobiles only who has the keys can tell: the `migrate` command does, and then validates the constraint. Until then
 * nothing goes to them by SMS.
 */
export class WriteToEnterprises1795700600000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
    ALTER TABLE enterprises ADD COLUMN contact_email text, ADD COLUMN contact_is_mobile boolean;
    ALTER TABLE enterprises DROP CONSTRAINT enterprises_contact_phone_sealed_check;
    ALTER TABLE enterprises ADD CONSTRAINT enterprises_contact_phone_sealed_check CHECK (
      CASE WHEN contact_phone_sealed IS NULL THEN contact_phone_search_key IS NULL AND contact_is_mobile IS NOT TRUE
           ELSE ${SEALED} END) NOT VALID;
    DO $$ BEGIN
      IF NOT EXISTS (SELECT 1 FROM enterprises WHERE contact_phone_sealed IS NOT NULL) THEN
        ALTER TABLE enterprises VALIDATE CONSTRAINT enterprises_contact_phone_sealed_check;
      END IF;
    END $$;

    ALTER TABLE deliveries ALTER COLUMN official_id DROP NOT NULL, ADD COLUMN enterprise_id uuid;
    ALTER TABLE deliveries ADD CONSTRAINT deliveries_recipient_check CHECK (num_nonnulls(official_id, enterprise_id) = 1);
    CREATE UNIQUE INDEX deliveries_contact_key ON deliveries (notice_id, enterprise_id, channel)
      WHERE enterprise_id IS NOT NULL;
    CREATE INDEX deliveries_unsorted_contact_idx ON deliveries (enterprise_id, channel)
      WHERE status = 'pending' AND message_id IS NULL AND enterprise_id IS NOT NULL;
    CREATE INDEX deliveries_contact_idx ON deliveries (enterprise_id, id) WHERE enterprise_id IS NOT NULL;
    ALTER TABLE messages ALTER COLUMN official_id DROP NOT NULL, ADD COLUMN enterprise_id uuid;
    ALTER TABLE messages ADD CONSTRAINT messages_recipient_check CHECK (num_nonnulls(official_id, enterprise_id) = 1);

    ALTER TABLE notices ADD COLUMN enterprise_id uuid;
    CREATE INDEX notices_enterprise_idx ON notices (enterprise_id) WHERE enterprise_id IS NOT NULL AND is_current;
    ALTER TABLE notices DROP CONSTRAINT notices_kind_check;
    ALTER TABLE notices ADD CONSTRAINT notices_kind_check CHECK (kind IN (${KINDS}, ${OF_PRODUCTION}));
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
    DELETE FROM sms_slots WHERE message_id IN (SELECT id FROM messages WHERE enterprise_id IS NOT NULL);
    DELETE FROM messages WHERE enterprise_id IS NOT NULL;
    DELETE FROM deliveries WHERE notice_id IN (SELECT id FROM notices WHERE kind IN (${OF_PRODUCTION}));
    DELETE FROM notices WHERE kind IN (${OF_PRODUCTION});
    ALTER TABLE notices DROP CONSTRAINT notices_kind_check;
    ALTER TABLE notices ADD CONSTRAINT notices_kind_check CHECK (kind IN (${KINDS}));
    DROP INDEX notices_enterprise_idx;
    ALTER TABLE notices DROP COLUMN enterprise_id;

    ALTER TABLE messages DROP CONSTRAINT messages_recipient_check;
    ALTER TABLE messages DROP COLUMN enterprise_id, ALTER COLUMN official_id SET NOT NULL;
    DROP INDEX deliveries_contact_key, deliveries_unsorted_contact_idx, deliveries_contact_idx;
    ALTER TABLE deliveries DROP CONSTRAINT deliveries_recipient_check;
    ALTER TABLE deliveries DROP COLUMN enterprise_id, ALTER COLUMN official_id SET NOT NULL;

    ALTER TABLE enterprises DROP CONSTRAINT enterprises_contact_phone_sealed_check;
    ALTER TABLE enterprises DROP COLUMN contact_email, DROP COLUMN contact_is_mobile;
    ALTER TABLE enterprises ADD CONSTRAINT enterprises_contact_phone_sealed_check CHECK (
      CASE WHEN contact_phone_sealed IS NULL THEN contact_phone_search_key IS NULL
           ELSE ${SEALED} END) NOT VALID;
    DO $$ BEGIN
      IF NOT EXISTS (SELECT 1 FROM enterprises WHERE contact_phone_sealed IS NOT NULL) THEN
        ALTER TABLE enterprises VALIDATE CONSTRAINT enterprises_contact_phone_sealed_check;
      END IF;
    END $$;
    `);
  }
}
