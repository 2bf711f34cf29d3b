import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Responsibility lists, whose items become problems, and the window in which those may be claimed. */
export class AddResponsibilityLists1795425100000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
    ALTER TABLE problems ADD claim_until timestamptz;
    CREATE TABLE responsibility_lists (
      id uuid NOT NULL,
      number text NOT NULL,
      edition integer NOT NULL,
      title text NOT NULL,
      source text NOT NULL,
      issued_on date NOT NULL,
      claim_until timestamptz,
      status text NOT NULL,
      created_at timestamptz NOT NULL,
      created_by uuid NOT NULL,
      issued_at timestamptz,
      issued_by uuid,
      version integer NOT NULL DEFAULT '1',
      CONSTRAINT responsibility_lists_source_check CHECK (source IN ('forum', 'circular', 'canvass', 'other')),
      CONSTRAINT responsibility_lists_status_check CHECK (status IN ('draft', 'issued')),
      CONSTRAINT responsibility_lists_issued_check CHECK ((status = 'issued') = (issued_at IS NOT NULL)),
      CONSTRAINT responsibility_lists_pkey PRIMARY KEY (id)
    );
    CREATE UNIQUE INDEX responsibility_lists_edition_key ON responsibility_lists (number, edition);
    CREATE UNIQUE INDEX responsibility_lists_draft_key ON responsibility_lists (number) WHERE status = 'draft';
    CREATE TABLE responsibility_list_items (
      id uuid NOT NULL,
      list_id uuid NOT NULL,
      enterprise_id uuid NOT NULL,
      title text NOT NULL,
      description text NOT NULL DEFAULT '',
      category text NOT NULL,
      cause text NOT NULL,
      suggested_department_ids uuid[] NOT NULL DEFAULT '{}',
      problem_id uuid,
      CONSTRAINT responsibility_list_items_category_check CHECK (category IN ('land', 'funds', 'resources', 'environment', 'labour', 'energy', 'logistics', 'market', 'permits', 'arrears', 'technology', 'other')),
      CONSTRAINT responsibility_list_items_cause_check CHECK (cause IN ('government', 'market', 'enterprise')),
      CONSTRAINT responsibility_list_items_pkey PRIMARY KEY (id),
      CONSTRAINT responsibility_list_items_list_id_fkey FOREIGN KEY (list_id) REFERENCES responsibility_lists (id),
      CONSTRAINT responsibility_list_items_enterprise_id_fkey FOREIGN KEY (enterprise_id) REFERENCES enterprises (id),
      CONSTRAINT responsibility_list_items_problem_id_fkey FOREIGN KEY (problem_id) REFERENCES problems (id)
    );
    CREATE UNIQUE INDEX responsibility_list_items_key ON responsibility_list_items (list_id, enterprise_id, title);
    CREATE UNIQUE INDEX responsibility_list_items_problem_key ON responsibility_list_items (problem_id) WHERE problem_id IS NOT NULL;
    `);
    // The claim pool is read oldest first; what is reported is a small part of what there is.
    await runner.query(`
    CREATE INDEX cases_pool_idx ON cases (reported_at, id) WHERE status = 'reported';
    CREATE INDEX problems_pool_idx ON problems (reported_at, id) WHERE status = 'reported';
    `);
    // What was issued stays as it was issued, whoever writes: a later edition adds to it.
    await runner.query(`
    CREATE FUNCTION refuse_change_of_issued_list() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      RAISE EXCEPTION 'an issued responsibility list is not changed' USING ERRCODE = 'insufficient_privilege';
    END $$;
    CREATE TRIGGER responsibility_lists_issued BEFORE UPDATE OR DELETE ON responsibility_lists
      FOR EACH ROW WHEN (OLD.status = 'issued') EXECUTE FUNCTION refuse_change_of_issued_list();
    CREATE TRIGGER responsibility_list_items_issued BEFORE UPDATE OR DELETE ON responsibility_list_items
      FOR EACH ROW WHEN (OLD.problem_id IS NOT NULL) EXECUTE FUNCTION refuse_change_of_issued_list();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
    DROP INDEX cases_pool_idx;
    DROP INDEX problems_pool_idx;
    DROP TABLE responsibility_list_items;
    DROP TABLE responsibility_lists;
    DROP FUNCTION refuse_change_of_issued_list();
    ALTER TABLE problems DROP claim_until;
    `);
  }
}
