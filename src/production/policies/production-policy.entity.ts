import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ProductionParameters } from '../rules/parameters.js';

/** One version of the parameters of the rules; the highest is in force. Never changed. */
@Entity('production_policies')
export class ProductionPolicy {
  @PrimaryColumn('int')
  version!: number;

  @Column('jsonb')
  parameters!: ProductionParameters;

  @Column('text')
  reason!: string;

  @Column('timestamptz')
  recordedAt!: Date;

  /** The account; `null`: the defaults, with which it began. */
  @Column('uuid', { nullable: true })
  recordedBy!: string | null;
}
