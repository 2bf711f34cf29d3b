import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Campaigns: what a set of enterprises is to reach by a date, as it stood at any time, and who belongs to it. And what a front page is read by. */
export class AddCampaigns1795600500000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
    CREATE TABLE campaigns (
      id uuid NOT NULL,
      name text NOT NULL,
      milestone text NOT NULL,
      target integer NOT NULL,
      starts_on date NOT NULL,
      final_on date NOT NULL,
      is_active boolean NOT NULL DEFAULT true,
      version integer NOT NULL DEFAULT 1,
      CONSTRAINT campaigns_pkey PRIMARY KEY (id),
      CONSTRAINT campaigns_milestone_check CHECK (milestone IN ('recovered')),
      CONSTRAINT campaigns_target_check CHECK (target > 0),
      CONSTRAINT campaigns_dates_check CHECK (starts_on <= final_on)
    );
    CREATE INDEX campaigns_final_idx ON campaigns (final_on, id);
    CREATE TABLE campaign_revisions (
      id uuid NOT NULL,
      campaign_id uuid NOT NULL,
      recorded_at timestamptz NOT NULL,
      recorded_by uuid,
      name text NOT NULL,
      milestone text NOT NULL,
      target integer NOT NULL,
      starts_on date NOT NULL,
      final_on date NOT NULL,
      is_active boolean NOT NULL,
      CONSTRAINT campaign_revisions_pkey PRIMARY KEY (id),
      CONSTRAINT campaign_revisions_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES campaigns (id)
    );
    CREATE INDEX campaign_revisions_campaign_idx ON campaign_revisions (campaign_id, recorded_at);
    CREATE TABLE campaign_members (
      id uuid NOT NULL,
      campaign_id uuid NOT NULL,
      enterprise_id uuid NOT NULL,
      since date NOT NULL,
      added_at timestamptz NOT NULL,
      added_by uuid,
      removed_at timestamptz,
      removed_by uuid,
      CONSTRAINT campaign_members_pkey PRIMARY KEY (id),
      CONSTRAINT campaign_members_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES campaigns (id),
      CONSTRAINT campaign_members_enterprise_id_fkey FOREIGN KEY (enterprise_id) REFERENCES enterprises (id)
    );
    CREATE UNIQUE INDEX campaign_members_key ON campaign_members (campaign_id, enterprise_id)
      WHERE removed_at IS NULL;
    CREATE INDEX campaign_members_enterprise_idx ON campaign_members (enterprise_id);
    CREATE INDEX campaign_members_page_idx ON campaign_members (campaign_id, id);
    CREATE INDEX case_events_closures_idx ON case_events (effective_at)
      WHERE type = 'resolved' AND subject_kind = 'case';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
    DROP INDEX case_events_closures_idx;
    DROP TABLE campaign_members;
    DROP TABLE campaign_revisions;
    DROP TABLE campaigns;
    `);
  }
}
