import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Keys of portals that are machines, and by whom of an OIDC issuer an account is used. */
export class AdmitPortals1795426100000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
    CREATE TABLE api_keys (
      id uuid NOT NULL,
      name text NOT NULL,
      prefix text NOT NULL,
      secret_hash bytea NOT NULL,
      secret_at timestamptz NOT NULL,
      previous_hash bytea,
      previous_until timestamptz,
      scopes text[] NOT NULL,
      reporting_unit_ids uuid[],
      expires_at timestamptz NOT NULL,
      last_used_at timestamptz,
      revoked_at timestamptz,
      created_by uuid NOT NULL,
      created_at timestamptz NOT NULL,
      version integer NOT NULL DEFAULT 1,
      CONSTRAINT api_keys_scopes_check CHECK (
        cardinality(scopes) > 0
        AND scopes <@ ARRAY['cases.read', 'cases.report', 'problems.read', 'problems.report',
          'enterprises.read', 'ratings.write', 'files.write', 'production.report', 'statistics.read']),
      CONSTRAINT api_keys_units_check CHECK (cardinality(reporting_unit_ids) > 0),
      CONSTRAINT api_keys_life_check CHECK (
        expires_at > secret_at AND expires_at <= secret_at + interval '8784 hours'),
      CONSTRAINT api_keys_overlap_check CHECK (
        num_nulls(previous_hash, previous_until) IN (0, 2) AND previous_until <= secret_at + interval '168 hours'),
      CONSTRAINT api_keys_pkey PRIMARY KEY (id),
      CONSTRAINT api_keys_created_by_fkey FOREIGN KEY (created_by) REFERENCES accounts (id)
    );
    CREATE UNIQUE INDEX api_keys_prefix_key ON api_keys (prefix);

    ALTER TABLE accounts ADD COLUMN portal_user text, ADD COLUMN portal_issuer text, ADD COLUMN portal_subject text,
      ADD CONSTRAINT accounts_portal_check CHECK (num_nulls(portal_issuer, portal_subject) IN (0, 2));
    CREATE UNIQUE INDEX accounts_portal_user_key ON accounts (portal_user);
    CREATE UNIQUE INDEX accounts_portal_subject_key ON accounts (portal_issuer, portal_subject);

    ALTER TABLE case_events DROP CONSTRAINT case_events_actor_kind_check,
      ADD CONSTRAINT case_events_actor_kind_check CHECK (actor_kind IN ('account', 'api_key', 'import', 'system'));
    `);
  }

  /** Refused by PostgreSQL once a portal has made an event: events are never changed, and this one would be unlawful. */
  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
    ALTER TABLE case_events DROP CONSTRAINT case_events_actor_kind_check,
      ADD CONSTRAINT case_events_actor_kind_check CHECK (actor_kind IN ('account', 'import', 'system'));
    ALTER TABLE accounts DROP COLUMN portal_user, DROP COLUMN portal_issuer, DROP COLUMN portal_subject;
    DROP TABLE api_keys;
    `);
  }
}
