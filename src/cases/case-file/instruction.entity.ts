import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { Official } from '../../organization/official.entity.js';
import { Case } from '../case.entity.js';

/** 批示: what a leader, or the task force, wants done about a case. */
@Entity('instructions')
@Index('instructions_case_idx', ['caseId', 'id'])
export class Instruction {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid')
  caseId!: string;

  @ManyToOne(() => Case)
  @JoinColumn({ name: 'case_id' })
  case?: Case;

  @Column('text')
  text!: string;

  /** Deadline of the reply that is expected; `null` where none is. */
  @Column('timestamptz', { nullable: true })
  replyBy!: Date | null;

  /** The leader; `null` where the task force left it. */
  @Column('uuid', { nullable: true })
  officialId!: string | null;

  @ManyToOne(() => Official)
  @JoinColumn({ name: 'official_id' })
  official?: Official | null;

  @Column('timestamptz')
  leftAt!: Date;

  @Column('uuid')
  leftBy!: string;
}
