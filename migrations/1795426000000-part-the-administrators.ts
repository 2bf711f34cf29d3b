import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Accounts that await their role, a second factor, and the passwords that an account had before. */
export class PartTheAdministrators1795426000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
    ALTER TABLE accounts
      ALTER COLUMN role DROP NOT NULL,
      ADD COLUMN totp_secret bytea,
      ADD COLUMN totp_pending_secret bytea,
      ADD COLUMN totp_last_step integer,
      ADD CONSTRAINT accounts_unbound_check
        CHECK (role IS NOT NULL OR num_nonnulls(department_id, official_id, reporting_unit_id) = 0);
    CREATE TABLE recovery_codes (
      account_id uuid NOT NULL,
      code_hash bytea NOT NULL,
      CONSTRAINT recovery_codes_pkey PRIMARY KEY (account_id, code_hash),
      CONSTRAINT recovery_codes_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts (id)
    );
    CREATE TABLE former_passwords (
      id uuid NOT NULL,
      account_id uuid NOT NULL,
      password_hash text NOT NULL,
      replaced_at timestamptz NOT NULL,
      CONSTRAINT former_passwords_pkey PRIMARY KEY (id),
      CONSTRAINT former_passwords_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts (id)
    );
    CREATE INDEX former_passwords_account_idx ON former_passwords (account_id, id);
    `);
  }

  /** An account without a role was not possible: it is turned off, with the role that touches nothing. */
  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
    DROP TABLE former_passwords;
    DROP TABLE recovery_codes;
    UPDATE accounts SET role = 'auditor', is_active = false WHERE role IS NULL;
    ALTER TABLE accounts
      DROP CONSTRAINT accounts_unbound_check,
      DROP COLUMN totp_last_step,
      DROP COLUMN totp_pending_secret,
      DROP COLUMN totp_secret,
      ALTER COLUMN role SET NOT NULL;
    `);
  }
}
