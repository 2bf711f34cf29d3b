import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { Case } from '../case.entity.js';

/** 一企一策: one version of the plan of a case. Saving makes the next one; none is changed. */
@Entity('case_plans')
@Index('case_plans_case_version_key', ['caseId', 'planVersion'], { unique: true })
export class CasePlan {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid')
  caseId!: string;

  @ManyToOne(() => Case)
  @JoinColumn({ name: 'case_id' })
  case?: Case;

  /** From 1, without gaps. */
  @Column('int')
  planVersion!: number;

  @Column('text')
  goal!: string;

  @Column('timestamptz')
  savedAt!: Date;

  @Column('uuid')
  savedBy!: string;
}
