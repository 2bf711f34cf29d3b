import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { Enterprise } from '../enterprises/enterprise.entity.js';

export const PRODUCTION_METRICS = [
  'output_value',
  'production_days',
  'capacity_utilisation',
  'electricity',
] as const;
export type ProductionMetric = (typeof PRODUCTION_METRICS)[number];
export const PRODUCTION_SOURCES = ['enterprise', 'grid', 'tax', 'site_check'] as const;
export type ProductionSource = (typeof PRODUCTION_SOURCES)[number];

/** One figure of one month. Never overwritten: a correction is a new revision; a month without a row is unknown. */
@Entity('production_figures')
@Check(
  'production_figures_metric_check',
  `"metric" IN ('output_value', 'production_days', 'capacity_utilisation', 'electricity')`,
)
@Check('production_figures_source_check', `"source" IN ('enterprise', 'grid', 'tax', 'site_check')`)
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

  /** CNY for `output_value`, days, a share from 0 to 1 for `capacity_utilisation`, kWh for `electricity`. */
  @Column('numeric', { precision: 20, scale: 4 })
  value!: string;

  @Column('text')
  source!: ProductionSource;

  @Column('int')
  revision!: number;

  @Column('timestamptz')
  recordedAt!: Date;
}
