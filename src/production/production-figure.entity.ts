import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import type { ActorKind } from '../cases/case-events.js';
import { Enterprise } from '../enterprises/enterprise.entity.js';

export const PRODUCTION_METRICS = [
  'output_value',
  'production_days',
  'capacity_utilisation',
  'electricity',
  'staff',
] as const;
export type ProductionMetric = (typeof PRODUCTION_METRICS)[number];
export const PRODUCTION_SOURCES = ['enterprise', 'grid', 'tax', 'site_check'] as const;
export type ProductionSource = (typeof PRODUCTION_SOURCES)[number];

/** One figure of one month. Never overwritten: a correction is a new revision; a month without a row is unknown. */
@Entity('production_figures')
@Check(
  'production_figures_metric_check',
  `"metric" IN ('output_value', 'production_days', 'capacity_utilisation', 'electricity', 'staff')`,
)
@Check('production_figures_source_check', `"source" IN ('enterprise', 'grid', 'tax', 'site_check')`)
@Check(
  'production_figures_covers_check',
  `"covers_months" = 1 OR ("covers_months" = 2 AND EXTRACT(month FROM "month") = 2)`,
)
@Check(
  'production_figures_reported_by_check',
  `"reported_by_kind" IN ('account', 'api_key', 'import', 'system')`,
)
@Index('production_figures_over_capacity_idx', ['month', 'enterpriseId'], {
  where: `"metric" = 'capacity_utilisation' AND "value" > 1`,
})
@Index('production_figures_key', ['enterpriseId', 'month', 'metric', 'source', 'revision'], { unique: true })
export class ProductionFigure {
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
  metric!: ProductionMetric;

  /**
   * CNY for `output_value`, days, a share of the capacity for `capacity_utilisation` (more than 1 is over capacity), kWh
   * for `electricity`, people for `staff`.
   */
  @Column('numeric', { precision: 20, scale: 4 })
  value!: string;

  @Column('text')
  source!: ProductionSource;

  @Column('int')
  revision!: number;

  /** 2 where a February stands for January and February together. */
  @Column('smallint', { default: 1 })
  coversMonths!: number;

  /** `null`: reported before this was kept. */
  @Column('text', { nullable: true })
  reportedByKind!: ActorKind | null;

  /** Account, API key or import. */
  @Column('uuid', { nullable: true })
  reportedBy!: string | null;

  @Column('timestamptz')
  recordedAt!: Date;
}
