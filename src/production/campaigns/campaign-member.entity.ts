import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { Enterprise } from '../../enterprises/enterprise.entity.js';
import { Project } from '../../enterprises/projects/project.entity.js';
import { Campaign } from './campaign.entity.js';

/** An enterprise or a project that a campaign is about, as its milestone says. What was taken out stays as a row: it was a member until then. */
@Entity('campaign_members')
@Check('campaign_members_kind_check', `num_nonnulls("enterprise_id", "project_id") = 1`)
@Index('campaign_members_key', ['campaignId', 'enterpriseId'], {
  unique: true,
  where: `"removed_at" IS NULL`,
})
@Index('campaign_members_project_key', ['campaignId', 'projectId'], {
  unique: true,
  where: `"removed_at" IS NULL`,
})
@Index('campaign_members_project_idx', ['projectId'])
@Index('campaign_members_enterprise_idx', ['enterpriseId'])
@Index('campaign_members_page_idx', ['campaignId', 'id'])
export class CampaignMember {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid')
  campaignId!: string;

  @ManyToOne(() => Campaign)
  @JoinColumn({ name: 'campaign_id' })
  campaign?: Campaign;

  @Column('uuid', { nullable: true })
  enterpriseId!: string | null;

  @ManyToOne(() => Enterprise)
  @JoinColumn({ name: 'enterprise_id' })
  enterprise?: Enterprise | null;

  @Column('uuid', { nullable: true })
  projectId!: string | null;

  @ManyToOne(() => Project)
  @JoinColumn({ name: 'project_id' })
  project?: Project | null;

  /** Member from this day on. */
  @Column('date')
  since!: string;

  @Column('timestamptz')
  addedAt!: Date;

  /** The account; `null` of the example. */
  @Column('uuid', { nullable: true })
  addedBy!: string | null;

  @Column('timestamptz', { nullable: true })
  removedAt!: Date | null;

  @Column('uuid', { nullable: true })
  removedBy!: string | null;
}
