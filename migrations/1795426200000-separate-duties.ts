import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Separation of duties where the application cannot forget it: no administrator stands for anyone who handles cases
 * (三员分立), and who decides a request is somebody else, of another department, than who made it.
 */
export class SeparateDuties1795426200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
    ALTER TABLE accounts ADD CONSTRAINT accounts_administrator_check
      CHECK (role NOT IN ('auditor', 'system_admin', 'security_admin') OR num_nonnulls(department_id, official_id, reporting_unit_id) = 0);
    ALTER TABLE closure_requests ADD COLUMN decided_by_department_id uuid;
    ALTER TABLE extensions ADD COLUMN decided_by_department_id uuid;
    `);
    // Nobody but the task force could ever decide, and its accounts are those of its office.
    await runner.query(`
    UPDATE closure_requests SET decided_by_department_id = (SELECT id FROM departments WHERE is_task_force) WHERE decided_by IS NOT NULL;
    UPDATE extensions SET decided_by_department_id = (SELECT id FROM departments WHERE is_task_force) WHERE decided_by IS NOT NULL;
    `);
    await runner.query(`
    ALTER TABLE closure_requests
      ADD CONSTRAINT closure_requests_decider_check CHECK ((decided_by IS NULL) = (decision IS NULL OR decision = 'terminated')),
      ADD CONSTRAINT closure_requests_separation_check CHECK (decided_by IS NULL OR (decided_by <> requested_by
        AND decided_by_department_id IS NOT NULL AND decided_by_department_id IS DISTINCT FROM requested_by_department_id));
    ALTER TABLE extensions
      ADD CONSTRAINT extensions_decider_check CHECK ((decided_by IS NULL) = (decision IS NULL OR decision = 'lapsed')),
      ADD CONSTRAINT extensions_separation_check CHECK (decided_by IS NULL OR (decided_by <> requested_by
        AND decided_by_department_id IS NOT NULL));
    `);
    // The department is looked up here, not told: whoever writes the row cannot claim another. An account that is not
    // of the task force has none, and fails the check.
    await runner.query(`
    CREATE FUNCTION refuse_change_of_request() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      RAISE EXCEPTION 'a request in % is made undecided, decided once and never changed', TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
    END $$;
    CREATE FUNCTION decide_request_once() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
      decision_columns CONSTANT text[] := ARRAY['decided_at', 'decision', 'decided_by', 'decided_by_department_id', 'decision_note'];
    BEGIN
      IF OLD.decided_at IS NOT NULL OR to_jsonb(NEW) - decision_columns <> to_jsonb(OLD) - decision_columns THEN
        RAISE EXCEPTION 'a request in % is made undecided, decided once and never changed', TG_TABLE_NAME
          USING ERRCODE = 'insufficient_privilege';
      END IF;
      NEW.decided_by_department_id := (SELECT department_id FROM accounts WHERE id = NEW.decided_by AND role = 'task_force');
      RETURN NEW;
    END $$;
    CREATE TRIGGER closure_requests_made_undecided BEFORE INSERT ON closure_requests
      FOR EACH ROW WHEN (NEW.decided_at IS NOT NULL) EXECUTE FUNCTION refuse_change_of_request();
    CREATE TRIGGER extensions_made_undecided BEFORE INSERT ON extensions
      FOR EACH ROW WHEN (NEW.decided_at IS NOT NULL) EXECUTE FUNCTION refuse_change_of_request();
    CREATE TRIGGER closure_requests_kept BEFORE DELETE OR TRUNCATE ON closure_requests
      FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_request();
    CREATE TRIGGER extensions_kept BEFORE DELETE OR TRUNCATE ON extensions
      FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_request();
    CREATE TRIGGER closure_requests_decided_once BEFORE UPDATE ON closure_requests
      FOR EACH ROW EXECUTE FUNCTION decide_request_once();
    CREATE TRIGGER extensions_decided_once BEFORE UPDATE ON extensions
      FOR EACH ROW EXECUTE FUNCTION decide_request_once();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
    DROP TRIGGER closure_requests_made_undecided ON closure_requests;
    DROP TRIGGER extensions_made_undecided ON extensions;
    DROP TRIGGER closure_requests_kept ON closure_requests;
    DROP TRIGGER extensions_kept ON extensions;
    DROP TRIGGER closure_requests_decided_once ON closure_requests;
    DROP TRIGGER extensions_decided_once ON extensions;
    DROP FUNCTION decide_request_once();
    DROP FUNCTION refuse_change_of_request();
    ALTER TABLE extensions
      DROP CONSTRAINT extensions_separation_check,
      DROP CONSTRAINT extensions_decider_check,
      DROP COLUMN decided_by_department_id;
    ALTER TABLE closure_requests
      DROP CONSTRAINT closure_requests_separation_check,
      DROP CONSTRAINT closure_requests_decider_check,
      DROP COLUMN decided_by_department_id;
    ALTER TABLE accounts DROP CONSTRAINT accounts_administrator_check;
    `);
  }
}
