import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { Department } from './department.entity.js';

export const OFFICIAL_DUTIES = ['head', 'liaison', 'handler', 'leader'] as const;
export type OfficialDuty = (typeof OFFICIAL_DUTIES)[number];

/** A person in a department. */
@Entity('officials')
@Check('officials_duty_check', `"duty" IN ('head', 'liaison', 'handler', 'leader')`)
@Index('officials_department_name_key', ['departmentId', 'name'], { unique: true })
export class Official {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid')
  departmentId!: string;

  @ManyToOne(() => Department)
  @JoinColumn({ name: 'department_id' })
  department?: Department;

  @Column('text')
  name!: string;

  /** Title as the directory gives it, such as 科长. */
  @Column('text')
  post!: string;

  /** `head` 局长, `liaison` 联络员, `handler` 科长 or 干部, `leader` 市级领导. */
  @Column('text')
  duty!: OfficialDuty;

  /** Digits only: an 11-digit mobile, or an area code with 7 or 8 digits. */
  @Column('text', { nullable: true })
  mobile!: string | null;

  @Column('text', { nullable: true })
  email!: string | null;

  @Column('boolean', { default: true })
  isActive!: boolean;

  @Column('int', { default: 1 })
  version!: number;
}
