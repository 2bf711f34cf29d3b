import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import type { ActorKind } from '../../cases/case-events.js';
import { Enterprise } from '../../enterprises/enterprise.entity.js';
import type { PlausibilityRule, QueryFacts } from './implausible.js';

export const QUERY_STATUSES = ['open', 'confirmed', 'corrected'] as const;
export type QueryStatus = (typeof QUERY_STATUSES)[number];

/** What an enterprise is asked about a figure that is hard to believe. It corrects and refuses nothing. */
@Entity('production_queries')
@Check(
  'production_queries_rule_check',
  `"rule" IN ('output_moved', 'output_without_days', 'output_without_electricity', 'over_capacity', 'same_as_month_before', 'electricity_disagrees')`,
)
@Check('production_queries_status_check', `"status" IN ('open', 'confirmed', 'corrected')`)
@Check('production_queries_closed_check', `("status" = 'open') = ("closed_at" IS NULL)`)
@Check('production_queries_by_check', `"closed_by_kind" IN ('account', 'api_key', 'import', 'system')`)
@Index('production_queries_open_key', ['enterpriseId', 'month', 'rule'], {
  unique: true,
  where: `"status" = 'open'`,
})
@Index('production_queries_enterprise_idx', ['enterpriseId', 'month', 'rule'])
@Index('production_queries_status_idx', ['status', 'id'])
@Index('production_queries_unasked_idx', ['enterpriseId', 'id'], {
  where: `"status" = 'open' AND "asked_at" IS NULL`,
})
export class ProductionQuery {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid')
  enterpriseId!: string;

  @ManyToOne(() => Enterprise)
  @JoinColumn({ name: 'enterprise_id' })
  enterprise?: Enterprise;

  /** First day of the month. */
  @Column('date')
  month!: string;

  @Column('text')
  rule!: PlausibilityRule;

  /** The figures in question, as one text: the same ones are asked about once. */
  @Column('text')
  questioned!: string;

  @Column('jsonb')
  facts!: QueryFacts;

  @Column('text', { default: 'open' })
  status!: QueryStatus;

  @Column('timestamptz')
  raisedAt!: Date;

  /** When the question went out to the enterprise. */
  @Column('timestamptz', { nullable: true })
  askedAt!: Date | null;

  @Column('text', { nullable: true })
  answer!: string | null;

  @Column('timestamptz', { nullable: true })
  closedAt!: Date | null;

  @Column('text', { nullable: true })
  closedByKind!: ActorKind | null;

  @Column('uuid', { nullable: true })
  closedBy!: string | null;

  @Column('int', { default: 1 })
  version!: number;
}
