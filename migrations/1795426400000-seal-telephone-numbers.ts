import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Telephone numbers are stored sealed. The database has no keys: what is there already is sealed by the `migrate`
 * command afterwards, which then validates the constraints; until then they hold for whatever is written. A database
 * without numbers needs no such step. What this migration's `down` left sealed is taken for a mobile.
 */
export class SealTelephoneNumbers1795426400000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
    ALTER TABLE officials RENAME COLUMN mobile TO mobile_sealed;
    ALTER TABLE officials ADD COLUMN mobile_search_key bytea, ADD COLUMN is_mobile boolean NOT NULL DEFAULT false;
    UPDATE officials SET is_mobile = true WHERE mobile_sealed ~ '^(1\\d{10}$|[a-z])';
    ALTER TABLE officials ADD CONSTRAINT officials_mobile_sealed_check CHECK (
      CASE WHEN mobile_sealed IS NULL THEN mobile_search_key IS NULL AND NOT is_mobile
           ELSE mobile_search_key IS NOT NULL
            AND mobile_sealed ~ '^(aes-256-gcm|sm4):[A-Za-z0-9_-]{1,32}:[A-Za-z0-9_-]+$' END) NOT VALID;
    CREATE INDEX officials_mobile_seal_idx ON officials (substring(mobile_sealed FROM '^[^:]+:[^:]+'), id)
      WHERE mobile_sealed IS NOT NULL;
    CREATE INDEX officials_mobile_search_idx ON officials (mobile_search_key) WHERE mobile_search_key IS NOT NULL;

    ALTER TABLE enterprises RENAME COLUMN contact_phone TO contact_phone_sealed;
    ALTER TABLE enterprises ADD COLUMN contact_phone_search_key bytea;
    ALTER TABLE enterprises ADD CONSTRAINT enterprises_contact_phone_sealed_check CHECK (
      CASE WHEN contact_phone_sealed IS NULL THEN contact_phone_search_key IS NULL
           ELSE contact_phone_search_key IS NOT NULL
            AND contact_phone_sealed ~ '^(aes-256-gcm|sm4):[A-Za-z0-9_-]{1,32}:[A-Za-z0-9_-]+$' END) NOT VALID;
    CREATE INDEX enterprises_contact_phone_seal_idx
        ON enterprises (substring(contact_phone_sealed FROM '^[^:]+:[^:]+'), id) WHERE contact_phone_sealed IS NOT NULL;
    CREATE INDEX enterprises_contact_phone_search_idx
        ON enterprises (contact_phone_search_key) WHERE contact_phone_search_key IS NOT NULL;

    DO $$ BEGIN
      IF NOT EXISTS (SELECT 1 FROM officials WHERE mobile_sealed IS NOT NULL) THEN
        ALTER TABLE officials VALIDATE CONSTRAINT officials_mobile_sealed_check;
      END IF;
      IF NOT EXISTS (SELECT 1 FROM enterprises WHERE contact_phone_sealed IS NOT NULL) THEN
        ALTER TABLE enterprises VALIDATE CONSTRAINT enterprises_contact_phone_sealed_check;
      END IF;
    END $$;
    `);
  }

  /** What is sealed stays so: nothing is lost, but only a product that seals can read it. */
  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
    ALTER TABLE enterprises DROP CONSTRAINT enterprises_contact_phone_sealed_check;
    DROP INDEX enterprises_contact_phone_seal_idx, enterprises_contact_phone_search_idx;
    ALTER TABLE enterprises DROP COLUMN contact_phone_search_key;
    ALTER TABLE enterprises RENAME COLUMN contact_phone_sealed TO contact_phone;
    ALTER TABLE officials DROP CONSTRAINT officials_mobile_sealed_check;
    DROP INDEX officials_mobile_seal_idx, officials_mobile_search_idx;
    ALTER TABLE officials DROP COLUMN mobile_search_key, DROP COLUMN is_mobile;
    ALTER TABLE officials RENAME COLUMN mobile_sealed TO mobile;
    `);
  }
}
