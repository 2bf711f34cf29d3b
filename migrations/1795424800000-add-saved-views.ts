import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Filters of lists that people keep under a name. */
export class AddSavedViews1795424800000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
    CREATE TABLE saved_views (
      id uuid NOT NULL,
      account_id uuid NOT NULL,
      name text NOT NULL,
      list text NOT NULL,
      query jsonb NOT NULL,
      created_at timestamptz NOT NULL,
      version integer NOT NULL DEFAULT 1,
      CONSTRAINT saved_views_list_check CHECK (list IN ('cases', 'problems')),
      CONSTRAINT saved_views_pkey PRIMARY KEY (id),
      CONSTRAINT saved_views_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts (id)
    );
    CREATE UNIQUE INDEX saved_views_name_key ON saved_views (account_id, name);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE saved_views');
  }
}
