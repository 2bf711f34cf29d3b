import { Check, Column, Entity, Index, JoinColumn, ManyToOne } from 'typeorm';
import { Enterprise } from '../enterprises/enterprise.entity.js';
import { complexityCheck, LifecycleSubject, statusCheck } from './lifecycle-subject.js';
import type { DistressType } from './lifecycle/states.js';

/** One enterprise in one episode of distress. */
@Entity('cases')
@Check('cases_status_check', statusCheck)
@Check('cases_complexity_check', complexityCheck)
@Check('cases_distress_type_check', `"distress_type" IN ('stalled', 'semi_stalled', 'reduced_output')`)
@Check('cases_outcome_check', `"outcome" IN ('recovered', 'explained', 'unstated')`)
@Index('cases_live_enterprise_key', ['enterpriseId'], {
  unique: true,
  where: `"status" NOT IN ('resolved', 'rejected', 'terminated')`,
})
@Index('cases_enterprise_idx', ['enterpriseId'])
@Index('cases_unit_due_idx', { synchronize: false })
@Index('cases_department_due_idx', { synchronize: false })
@Index('cases_due_idx', { synchronize: false })
@Index('cases_on_hold_idx', ['reviewOn'], { where: `"status" = 'on_hold'` })
@Index('cases_pool_idx', ['reportedAt', 'id'], { where: `"status" = 'reported'` })
@Index('cases_status_due_idx', { synchronize: false })
@Index('cases_number_trgm', { synchronize: false })
export class Case extends LifecycleSubject {
  @Column('uuid')
  enterpriseId!: string;

  @ManyToOne(() => Enterprise)
  @JoinColumn({ name: 'enterprise_id' })
  enterprise?: Enterprise;

  @Column('text')
  distressType!: DistressType;

  @Column('text', { nullable: true })
  note!: string | null;

  @Column('int', { default: 0 })
  problemsTotal!: number;

  /** Problems still live. */
  @Column('int', { default: 0 })
  problemsOpen!: number;
}
