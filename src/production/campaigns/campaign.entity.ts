import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { Milestone } from './milestones.js';

/** 专项行动: so many of its members are to reach a milestone by its final date. */
@Entity('campaigns')
@Check(
  'campaigns_milestone_check',
  `"milestone" IN ('recovered', 'resumed', 'capacity_restored', 'on_target', 'full_capacity', 'project_completed', 'in_production')`,
)
@Check('campaigns_target_check', `"target" > 0`)
@Check('campaigns_dates_check', `"starts_on" <= "final_on"`)
@Index('campaigns_final_idx', ['finalOn', 'id'])
export class Campaign {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('text')
  name!: string;

  @Column('text')
  milestone!: Milestone;

  /** Members that are to reach it. */
  @Column('int')
  target!: number;

  @Column('date')
  startsOn!: string;

  /** Its last day; due dates that are set or extended lie no later. */
  @Column('date')
  finalOn!: string;

  /** One that is not is told of no more, and caps no due dates. */
  @Column('boolean', { default: true })
  isActive!: boolean;

  @Column('int', { default: 1 })
  version!: number;
}
