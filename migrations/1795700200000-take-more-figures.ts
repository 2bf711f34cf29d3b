import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Staff as a figure, January and February in one, who reported; stops on record, why a month was not reported, and what
 * an enterprise is asked about figures that are hard to believe.
 */
export class TakeMoreFigures1795700200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
    ALTER TABLE production_figures
      DROP CONSTRAINT production_figures_metric_check,
      ADD COLUMN covers_months smallint NOT NULL DEFAULT 1,
      ADD COLUMN reported_by_kind text,
      ADD COLUMN reported_by uuid,
      ADD CONSTRAINT production_figures_metric_check
        CHECK (metric IN ('output_value', 'production_days', 'capacity_utilisation', 'electricity', 'staff')),
      ADD CONSTRAINT production_figures_covers_check
        CHECK (covers_months = 1 OR (covers_months = 2 AND EXTRACT(month FROM month) = 2)),
      ADD CONSTRAINT production_figures_reported_by_check
        CHECK (reported_by_kind IN ('account', 'api_key', 'import', 'system'));

    CREATE TABLE production_stops (
      id uuid NOT NULL,
      enterprise_id uuid NOT NULL,
      kind text NOT NULL,
      from_month date NOT NULL,
      to_month date,
      reason text NOT NULL,
      recorded_at timestamptz NOT NULL,
      recorded_by uuid,
      ended_month date,
      ended_at timestamptz,
      ended_by uuid,
      withdrawn_at timestamptz,
      withdrawn_by uuid,
      withdrawal_reason text,
      version integer NOT NULL DEFAULT 1,
      CONSTRAINT production_stops_pkey PRIMARY KEY (id),
      CONSTRAINT production_stops_enterprise_id_fkey FOREIGN KEY (enterprise_id) REFERENCES enterprises (id),
      CONSTRAINT production_stops_kind_check CHECK (kind IN ('planned', 'seasonal')),
      CONSTRAINT production_stops_months_check CHECK (from_month <= to_month AND from_month <= ended_month)
    );
    CREATE INDEX production_stops_enterprise_idx ON production_stops (enterprise_id, from_month);

    CREATE TABLE production_unreported_months (
      id uuid NOT NULL,
      enterprise_id uuid NOT NULL,
      month date NOT NULL,
      revision integer NOT NULL,
      reason text NOT NULL,
      note text,
      recorded_at timestamptz NOT NULL,
      reported_by_kind text NOT NULL,
      reported_by uuid,
      CONSTRAINT production_unreported_months_pkey PRIMARY KEY (id),
      CONSTRAINT production_unreported_months_enterprise_id_fkey FOREIGN KEY (enterprise_id) REFERENCES enterprises (id),
      CONSTRAINT production_unreported_months_reason_check CHECK (reason IN ('unwilling', 'unable', 'unaware')),
      CONSTRAINT production_unreported_months_by_check CHECK (reported_by_kind IN ('account', 'api_key'))
    );
    CREATE UNIQUE INDEX production_unreported_months_key
      ON production_unreported_months (enterprise_id, month, revision);
    CREATE TRIGGER production_unreported_months_append_only
      BEFORE UPDATE OR DELETE OR TRUNCATE ON production_unreported_months
      FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

    CREATE TABLE production_queries (
      id uuid NOT NULL,
      enterprise_id uuid NOT NULL,
      month date NOT NULL,
      rule text NOT NULL,
      questioned text NOT NULL,
      facts jsonb NOT NULL,
      status text NOT NULL DEFAULT 'open',
      raised_at timestamptz NOT NULL,
      asked_at timestamptz,
      answer text,
      closed_at timestamptz,
      closed_by_kind text,
      closed_by uuid,
      version integer NOT NULL DEFAULT 1,
      CONSTRAINT production_queries_pkey PRIMARY KEY (id),
      CONSTRAINT production_queries_enterprise_id_fkey FOREIGN KEY (enterprise_id) REFERENCES enterprises (id),
      CONSTRAINT production_queries_rule_check CHECK (rule IN ('output_moved', 'output_without_days',
        'output_without_electricity', 'over_capacity', 'same_as_month_before', 'electricity_disagrees')),
      CONSTRAINT production_queries_status_check CHECK (status IN ('open', 'confirmed', 'corrected')),
      CONSTRAINT production_queries_closed_check CHECK ((status = 'open') = (closed_at IS NULL)),
      CONSTRAINT production_queries_by_check CHECK (closed_by_kind IN ('account', 'api_key', 'import', 'system'))
    );
    CREATE UNIQUE INDEX production_queries_open_key ON production_queries (enterprise_id, month, rule)
      WHERE status = 'open';
    CREATE INDEX production_queries_enterprise_idx ON production_queries (enterprise_id, month, rule);
    CREATE INDEX production_queries_status_idx ON production_queries (status, id);
    CREATE INDEX production_queries_unasked_idx ON production_queries (enterprise_id, id)
      WHERE status = 'open' AND asked_at IS NULL;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
    DROP TABLE production_queries;
    DROP TABLE production_unreported_months;
    DROP TABLE production_stops;
    -- Without it nobody could say that it is of two months, or what it counts.
    ALTER TABLE production_figures DISABLE TRIGGER production_figures_append_only;
    DELETE FROM production_figures WHERE metric = 'staff' OR covers_months = 2;
    ALTER TABLE production_figures ENABLE TRIGGER production_figures_append_only;
    ALTER TABLE production_figures
      DROP CONSTRAINT production_figures_metric_check,
      DROP CONSTRAINT production_figures_covers_check,
      DROP CONSTRAINT production_figures_reported_by_check,
      DROP COLUMN covers_months,
      DROP COLUMN reported_by_kind,
      DROP COLUMN reported_by,
      ADD CONSTRAINT production_figures_metric_check
        CHECK (metric IN ('output_value', 'production_days', 'capacity_utilisation', 'electricity'));
    `);
  }
}
