import { Check, Column, Entity, PrimaryColumn } from 'typeorm';
import type { SubjectKind } from '../../cases/lifecycle/states.js';
import type { Sums } from '../table/sums.js';

/**
 * What the lines that are believed now add to the sums of one group on one day, or in one month, of the office; of what
 * is only expected, such as becoming late at 18:00, at that very moment.
 */
@Entity('tally_cells')
@Check('tally_cells_grain_check', `"grain" IN ('day', 'month')`)
export class TallyCell implements Sums {
  @PrimaryColumn('text')
  subjectKind!: SubjectKind;

  @PrimaryColumn('text')
  cutBy!: string;

  @PrimaryColumn('text')
  grain!: 'day' | 'month';

  @PrimaryColumn('timestamptz')
  at!: Date;

  @PrimaryColumn('text')
  grp!: string;

  @Column('int', { default: 0 })
  everOnBooks!: number;

  @Column('int', { default: 0 })
  onBooks!: number;

  @Column('int', { default: 0 })
  onHold!: number;

  @Column('int', { default: 0 })
  overdue!: number;

  @Column('int', { default: 0 })
  closed!: number;

  @Column('int', { default: 0 })
  closedOnTime!: number;

  @Column('int', { default: 0 })
  gone!: number;

  @Column('int', { default: 0 })
  rated!: number;

  @Column('int', { default: 0 })
  satisfied!: number;

  @Column('int', { default: 0 })
  assigned!: number;

  @Column('int', { default: 0 })
  reopened!: number;

  @Column('int', { default: 0 })
  transferredIn!: number;

  @Column('int', { default: 0 })
  transferredOut!: number;

  @Column('int', { default: 0 })
  resolved!: number;

  @Column('int', { default: 0 })
  recovered!: number;

  @Column('int', { default: 0 })
  solved!: number;

  @Column('int', { default: 0 })
  explained!: number;

  @Column('int', { default: 0 })
  unstated!: number;

  @Column('int', { default: 0 })
  terminated!: number;

  @Column('int', { default: 0 })
  handlingDays!: number;

  @Column('int', { default: 0 })
  signFors!: number;

  @Column('int', { default: 0 })
  signedInTime!: number;

  @Column('int', { default: 0 })
  sentBack!: number;

  @Column('int', { default: 0 })
  extended!: number;
}
