import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { Campaign } from './campaign.entity.js';
import type { Milestone } from './milestones.js';

/** A campaign as it was from `recordedAt` on, never changed: an old bulletin keeps the target that stood then. */
@Entity('campaign_revisions')
@Index('campaign_revisions_campaign_idx', ['campaignId', 'recordedAt'])
export class CampaignRevision {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid')
  campaignId!: string;

  @ManyToOne(() => Campaign)
  @JoinColumn({ name: 'campaign_id' })
  campaign?: Campaign;

  @Column('timestamptz')
  recordedAt!: Date;

  /** The account; `null` of the example. */
  @Column('uuid', { nullable: true })
  recordedBy!: string | null;

  @Column('text')
  name!: string;

  @Column('text')
  milestone!: Milestone;

  @Column('int')
  target!: number;

  @Column('date')
  startsOn!: string;

  @Column('date')
  finalOn!: string;

  @Column('boolean')
  isActive!: boolean;
}
