import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Events beside those of cases, daily anchors over all chains, and the algorithm of each hash. */
export class AddTheTrail1795426300000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
    ALTER TABLE case_events ADD algorithm text NOT NULL DEFAULT 'sha256';
    ALTER TABLE case_events ADD CONSTRAINT case_events_algorithm_check CHECK (algorithm IN ('sha256', 'sm3'));
    CREATE TABLE audit_events (
      id uuid NOT NULL,
      sequence bigint NOT NULL,
      recorded_at timestamptz NOT NULL,
      type text NOT NULL,
      actor_kind text NOT NULL,
      actor_id uuid,
      address text,
      request_id text,
      subject_kind text,
      subject_id uuid,
      payload jsonb NOT NULL,
      algorithm text NOT NULL,
      hash bytea NOT NULL,
      CONSTRAINT audit_events_actor_kind_check CHECK (actor_kind IN ('account', 'api_key', 'system', 'anonymous')),
      CONSTRAINT audit_events_algorithm_check CHECK (algorithm IN ('sha256', 'sm3')),
      CONSTRAINT audit_events_pkey PRIMARY KEY (id)
    );
    CREATE UNIQUE INDEX audit_events_sequence_key ON audit_events (sequence);
    CREATE INDEX audit_events_recorded_idx ON audit_events (recorded_at);
    CREATE INDEX audit_events_type_idx ON audit_events (type, sequence);
    CREATE INDEX audit_events_actor_idx ON audit_events (actor_id, sequence);
    CREATE INDEX audit_events_subject_idx ON audit_events (subject_id, sequence);
    CREATE TABLE trail_end (
      id integer NOT NULL,
      last_sequence bigint NOT NULL,
      last_hash bytea,
      CONSTRAINT trail_end_single_check CHECK (id = 1),
      CONSTRAINT trail_end_pkey PRIMARY KEY (id)
    );
    INSERT INTO trail_end (id, last_sequence) VALUES (1, 0);
    CREATE TABLE chain_anchors (
      anchored_on date NOT NULL,
      until timestamptz NOT NULL,
      recorded_at timestamptz NOT NULL,
      chains bigint NOT NULL,
      events bigint NOT NULL,
      chains_hash bytea NOT NULL,
      audit_sequence bigint NOT NULL,
      audit_hash bytea,
      algorithm text NOT NULL,
      hash bytea NOT NULL,
      CONSTRAINT chain_anchors_algorithm_check CHECK (algorithm IN ('sha256', 'sm3')),
      CONSTRAINT chain_anchors_pkey PRIMARY KEY (anchored_on)
    );
    CREATE TRIGGER audit_events_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_events FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
    CREATE TRIGGER chain_anchors_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON chain_anchors FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
    DROP TABLE chain_anchors;
    DROP TABLE trail_end;
    DROP TABLE audit_events;
    ALTER TABLE case_events DROP algorithm;
    `);
  }
}
