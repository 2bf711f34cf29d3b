import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { Enterprise } from '../../enterprises/enterprise.entity.js';
import { Campaign } from './campaign.entity.js';

/** An enterprise that a campaign is about. What was taken out stays as a row: it was a member until then. */
@Entity('campaign_members')
@Index('campaign_members_key', ['campaignId', 'enterpriseId'], {
  unique: true,
  where: `"removed_at" IS NULL`,
})
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

  @Column('uuid')
  enterpriseId!: string;

  @ManyToOne(() => Enterprise)
  @JoinColumn({ name: 'enterprise_id' })
  enterprise?: Enterprise;

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
