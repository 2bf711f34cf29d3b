import type { MigrationInterface, QueryRunner } from 'typeorm';

const KINDS = `'assigned', 'co_handling', 'sent_back', 'extension_decided', 'weekly_published', 'production_report_due', 'test'`;

/** Numbered issues of the weekly bulletin, which nobody changes once they are published, and by what rule they are made. */
export class IssueTheBulletin1795600200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
    CREATE TABLE bulletin_issues (
      id uuid NOT NULL,
      week text NOT NULL,
      year integer NOT NULL,
      number integer NOT NULL,
      state text NOT NULL,
      as_of timestamptz NOT NULL,
      parameters json NOT NULL,
      tables json NOT NULL,
      corrections json NOT NULL,
      files json NOT NULL,
      prepared_at timestamptz NOT NULL,
      prepared_by uuid,
      replaces uuid,
      reason text,
      published_at timestamptz,
      published_by uuid,
      note text,
      hash bytea,
      withdrawn_at timestamptz,
      withdrawn_by uuid,
      withdrawal_reason text,
      CONSTRAINT bulletin_issues_state_check CHECK (state IN ('prepared', 'published', 'withdrawn')),
      CONSTRAINT bulletin_issues_published_check
        CHECK (num_nonnulls(published_at, published_by, hash) IN (0, 3)
               AND (state <> 'published' OR published_at IS NOT NULL) AND (state <> 'prepared' OR published_at IS NULL)),
      CONSTRAINT bulletin_issues_withdrawn_check
        CHECK (num_nonnulls(withdrawn_at, withdrawn_by, withdrawal_reason) = CASE state WHEN 'withdrawn' THEN 3 ELSE 0 END),
      CONSTRAINT bulletin_issues_replaces_check CHECK ((replaces IS NULL) = (reason IS NULL)),
      CONSTRAINT bulletin_issues_pkey PRIMARY KEY (id)
    );
    CREATE UNIQUE INDEX bulletin_issues_week_key ON bulletin_issues (week) WHERE state <> 'withdrawn';
    CREATE UNIQUE INDEX bulletin_issues_number_key ON bulletin_issues (year, number) WHERE published_at IS NOT NULL;
    CREATE UNIQUE INDEX bulletin_issues_scheduled_key ON bulletin_issues (week) WHERE prepared_by IS NULL;
    CREATE INDEX bulletin_issues_published_idx ON bulletin_issues (published_at) WHERE published_at IS NOT NULL;
    CREATE FUNCTION keep_issue_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
      unchanged bulletin_issues;
    BEGIN
      IF TG_OP = 'DELETE' THEN
        IF OLD.state = 'prepared' THEN RETURN OLD; END IF;
      ELSIF OLD.state <> 'withdrawn' AND NEW.state = 'withdrawn' THEN
        unchanged := NEW;
        unchanged.state := OLD.state;
        unchanged.withdrawn_at := OLD.withdrawn_at;
        unchanged.withdrawn_by := OLD.withdrawn_by;
        unchanged.withdrawal_reason := OLD.withdrawal_reason;
        IF unchanged::text = OLD::text THEN RETURN NEW; END IF;
      END IF;
      RAISE EXCEPTION 'an issue of the bulletin is never changed' USING ERRCODE = 'insufficient_privilege';
    END $$;
    CREATE TRIGGER bulletin_issues_frozen BEFORE UPDATE OR DELETE ON bulletin_issues FOR EACH ROW EXECUTE FUNCTION keep_issue_frozen();
    CREATE TRIGGER bulletin_issues_kept BEFORE TRUNCATE ON bulletin_issues FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
    CREATE TABLE bulletin_policies (
      version integer NOT NULL,
      is_enabled boolean NOT NULL,
      weekday integer NOT NULL,
      "time" text NOT NULL,
      needs_another boolean NOT NULL,
      subscribers jsonb NOT NULL,
      recorded_at timestamptz NOT NULL,
      recorded_by uuid NOT NULL,
      CONSTRAINT bulletin_policies_weekday_check CHECK (weekday BETWEEN 1 AND 7),
      CONSTRAINT bulletin_policies_pkey PRIMARY KEY (version)
    );
    CREATE TRIGGER bulletin_policies_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON bulletin_policies FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
    ALTER TABLE notices DROP CONSTRAINT notices_kind_check;
    ALTER TABLE notices ADD CONSTRAINT notices_kind_check CHECK (kind IN (${KINDS}, 'issue_prepared', 'weekly_issue'));
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
    DELETE FROM deliveries WHERE notice_id IN (SELECT id FROM notices WHERE kind IN ('issue_prepared', 'weekly_issue'));
    DELETE FROM notices WHERE kind IN ('issue_prepared', 'weekly_issue');
    ALTER TABLE notices DROP CONSTRAINT notices_kind_check;
    ALTER TABLE notices ADD CONSTRAINT notices_kind_check CHECK (kind IN (${KINDS}));
    DROP TABLE bulletin_policies;
    DROP TABLE bulletin_issues;
    DROP FUNCTION keep_issue_frozen();
    `);
  }
}
