import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { Enterprise, type SizeClass } from './enterprise.entity.js';

/** The attributes that tables group by, dated both ways, so that an old weekly table never changes. */
@Entity('enterprise_revisions')
@Index('enterprise_revisions_enterprise_idx', ['enterpriseId', 'effectiveAt'])
export class EnterpriseRevision {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid')
  enterpriseId!: string;

  @ManyToOne(() => Enterprise)
  @JoinColumn({ name: 'enterprise_id' })
  enterprise?: Enterprise;

  @Column('timestamptz')
  effectiveAt!: Date;

  @Index('enterprise_revisions_recorded_idx')
  @Column('timestamptz')
  recordedAt!: Date;

  @Column('text')
  name!: string;

  @Column('uuid')
  reportingUnitId!: string;

  @Column('text', { nullable: true })
  industryCode!: string | null;

  @Column('text', { nullable: true })
  sizeClass!: SizeClass | null;
}
