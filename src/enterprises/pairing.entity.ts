import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { Department, DEPARTMENT_LEVELS, type DepartmentLevel } from '../organization/department.entity.js';
import { Official } from '../organization/official.entity.js';
import { Enterprise } from './enterprise.entity.js';
import { Project } from './projects/project.entity.js';

/** City, county or township, as departments have them. */
export const PAIRING_TIERS = DEPARTMENT_LEVELS;
export type PairingTier = DepartmentLevel;
export const PAIRING_DUTIES = ['leader', 'unit', 'official'] as const;
export type PairingDuty = (typeof PAIRING_DUTIES)[number];

/** 三级包联: a leader, a unit or an official of one of three tiers answers for an enterprise or a project between two dates. */
@Entity('pairings')
@Check('pairings_tier_check', `"tier" IN ('city', 'county', 'town')`)
@Check('pairings_duty_check', `"duty" IN ('leader', 'unit', 'official')`)
@Check(
  'pairings_party_check',
  `CASE WHEN "duty" = 'unit' THEN "department_id" IS NOT NULL AND "official_id" IS NULL
        ELSE "official_id" IS NOT NULL AND "department_id" IS NULL END`,
)
@Check('pairings_home_check', `num_nonnulls("enterprise_id", "project_id") = 1`)
@Index('pairings_live_unit_key', ['enterpriseId', 'departmentId'], { unique: true, where: '"to_on" IS NULL' })
@Index('pairings_live_key', ['enterpriseId', 'officialId', 'duty', 'tier'], {
  unique: true,
  where: '"to_on" IS NULL',
})
@Index('pairings_project_idx', ['projectId'], { where: `"project_id" IS NOT NULL` })
@Index('pairings_live_project_unit_key', ['projectId', 'departmentId'], {
  unique: true,
  where: '"to_on" IS NULL',
})
@Index('pairings_live_project_key', ['projectId', 'officialId', 'duty', 'tier'], {
  unique: true,
  where: '"to_on" IS NULL',
})
export class Pairing {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid', { nullable: true })
  enterpriseId!: string | null;

  @ManyToOne(() => Enterprise)
  @JoinColumn({ name: 'enterprise_id' })
  enterprise?: Enterprise | null;

  /** Instead of an enterprise. */
  @Column('uuid', { nullable: true })
  projectId!: string | null;

  @ManyToOne(() => Project)
  @JoinColumn({ name: 'project_id' })
  project?: Project | null;

  @Index('pairings_official_idx')
  @Column('uuid', { nullable: true })
  officialId!: string | null;

  @ManyToOne(() => Official)
  @JoinColumn({ name: 'official_id' })
  official?: Official | null;

  /** A unit that is paired as such. */
  @Column('uuid', { nullable: true })
  departmentId!: string | null;

  @ManyToOne(() => Department)
  @JoinColumn({ name: 'department_id' })
  department?: Department | null;

  @Column('text', { default: 'city' })
  tier!: PairingTier;

  @Column('text', { default: 'leader' })
  duty!: PairingDuty;

  @Column('date')
  fromOn!: string;

  /** Last day of it; `null` while it lasts. */
  @Column('date', { nullable: true })
  toOn!: string | null;
}
