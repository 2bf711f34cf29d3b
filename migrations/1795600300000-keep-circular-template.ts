import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Versions of the office's own Word template of the circular; without a content the shipped one is in force again. */
export class KeepCircularTemplate1795600300000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
    CREATE TABLE circular_templates (
      version integer NOT NULL,
      lang text NOT NULL,
      sha256 text,
      size integer,
      recorded_at timestamptz NOT NULL,
      recorded_by uuid NOT NULL,
      CONSTRAINT circular_templates_pkey PRIMARY KEY (version),
      CONSTRAINT circular_templates_lang_check CHECK (lang IN ('zh-CN', 'en')),
      CONSTRAINT circular_templates_content_check CHECK ((sha256 IS NULL) = (size IS NULL))
    );
    CREATE INDEX circular_templates_lang_idx ON circular_templates (lang, version);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE circular_templates');
  }
}
