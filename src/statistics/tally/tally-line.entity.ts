import { Check, Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';
import type { Outcome, SubjectKind } from '../../cases/lifecycle/states.js';
import type { Beginning, LineKind, LineState } from './tally-line.js';

/**
 * One thing of one case or problem that can be counted; see `tally-line.ts` for what its columns say. Derived from the
 * events, and made anew whenever something was learnt. Instants that are not yet, or not known, are `infinity`.
 */
@Entity('tally_lines')
@Check('tally_lines_dates_check', `"from_at" <= "to_at" AND "recorded_from" < "recorded_until"`)
@Index('tally_lines_from_idx', ['subjectKind', 'fromAt'], { where: `"what" <> 'overdue'` })
@Index('tally_lines_overdue_idx', ['subjectKind', 'toAt'], { where: `"what" = 'overdue'` })
@Index('tally_lines_reopened_idx', ['subjectKind', 'fromAt'], { where: `"began" = 'reopened'` })
@Index('tally_lines_rated_idx', ['subjectKind', 'fromAt'], { where: `"what" = 'rated'` })
export class TallyLineRow {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'BY DEFAULT' })
  id!: string;

  @Index('tally_lines_chain_idx')
  @Column('uuid')
  chainId!: string;

  @Column('uuid')
  subjectId!: string;

  @Column('uuid', { nullable: true })
  sourceId!: string | null;

  @Column('uuid')
  reportingUnitId!: string;

  @Column('uuid', { nullable: true })
  leadDepartmentId!: string | null;

  @Column('uuid', { nullable: true })
  departmentId!: string | null;

  @Column('uuid', { nullable: true })
  officialId!: string | null;

  @Column('timestamptz')
  fromAt!: Date;

  @Column('timestamptz')
  toAt!: Date;

  @Column('timestamptz')
  recordedFrom!: Date;

  @Column('timestamptz')
  endRecordedAt!: Date;

  @Column('timestamptz')
  recordedUntil!: Date;

  @Column('timestamptz', { nullable: true })
  dueAt!: Date | null;

  @Column('int', { nullable: true })
  days!: number | null;

  @Column('smallint')
  moved!: number;

  @Column('boolean', { nullable: true })
  isGood!: boolean | null;

  @Column('text')
  subjectKind!: SubjectKind;

  @Column('text')
  what!: LineKind;

  @Column('text', { nullable: true })
  began!: Beginning | null;

  @Column('text', { nullable: true })
  state!: LineState | null;

  @Column('text', { nullable: true })
  outcome!: Outcome | null;

  @Column('text', { nullable: true })
  distressType!: string | null;

  @Column('text', { nullable: true })
  category!: string | null;

  @Column('text', { nullable: true })
  cause!: string | null;

  @Column('text', { nullable: true })
  sizeClass!: string | null;

  @Column('text', { nullable: true })
  industryCode!: string | null;
}
