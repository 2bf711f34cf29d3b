import { Check, Column, Entity, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { Department } from '../organization/department.entity.js';
import { Official } from '../organization/official.entity.js';
import { ReportingUnit } from '../organization/reporting-unit.entity.js';
import type { Role } from './role.js';

/** Someone who can sign in. */
@Entity('accounts')
@Check(
  'accounts_role_check',
  `"role" IN ('task_force', 'department', 'county', 'leader', 'auditor', 'system_admin', 'security_admin')`,
)
@Check('accounts_county_unit_check', `"role" <> 'county' OR "reporting_unit_id" IS NOT NULL`)
@Check(
  'accounts_department_check',
  `"role" NOT IN ('department', 'task_force') OR "department_id" IS NOT NULL`,
)
@Check(
  'accounts_administrator_check',
  `"role" NOT IN ('auditor', 'system_admin', 'security_admin') OR num_nonnulls("department_id", "official_id", "reporting_unit_id") = 0`,
)
@Check('accounts_leader_check', `"role" <> 'leader' OR "official_id" IS NOT NULL`)
export class Account {
  @PrimaryColumn('uuid')
  id!: string;

  /** Lower case. */
  @Column('text', { unique: true })
  username!: string;

  /** Argon2id, PHC string. */
  @Column('text')
  passwordHash!: string;

  @Column('text')
  role!: Role;

  @Column('uuid', { nullable: true })
  departmentId!: string | null;

  @ManyToOne(() => Department)
  @JoinColumn({ name: 'department_id' })
  department?: Department | null;

  @Column('uuid', { nullable: true })
  officialId!: string | null;

  @ManyToOne(() => Official)
  @JoinColumn({ name: 'official_id' })
  official?: Official | null;

  @Column('uuid', { nullable: true })
  reportingUnitId!: string | null;

  @ManyToOne(() => ReportingUnit)
  @JoinColumn({ name: 'reporting_unit_id' })
  reportingUnit?: ReportingUnit | null;

  @Column('boolean', { default: true })
  isActive!: boolean;

  /** One-time password: it must be changed before anything else. */
  @Column('boolean', { default: false })
  isPasswordExpired!: boolean;

  @Column('int', { default: 0 })
  failedAttempts!: number;

  @Column('timestamptz', { nullable: true })
  lockedUntil!: Date | null;

  @Column('timestamptz')
  createdAt!: Date;

  @Column('int', { default: 1 })
  version!: number;
}
