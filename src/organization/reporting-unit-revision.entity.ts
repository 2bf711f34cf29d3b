import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { ReportingUnit } from './reporting-unit.entity.js';

/** What a reporting unit was called, dated both ways, so that an old weekly table never changes. */
@Entity('reporting_unit_revisions')
@Index('reporting_unit_revisions_unit_idx', ['reportingUnitId', 'effectiveAt'])
export class ReportingUnitRevision {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid')
  reportingUnitId!: string;

  @ManyToOne(() => ReportingUnit)
  @JoinColumn({ name: 'reporting_unit_id' })
  reportingUnit?: ReportingUnit;

  @Column('timestamptz')
  effectiveAt!: Date;

  @Column('timestamptz')
  recordedAt!: Date;

  @Column('text')
  code!: string;

  @Column('text')
  name!: string;
}
