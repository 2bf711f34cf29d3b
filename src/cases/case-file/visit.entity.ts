import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { Case } from '../case.entity.js';

/** A visit to the enterprise of a case, and what was found there. */
@Entity('visits')
@Index('visits_case_idx', ['caseId', 'id'])
export class Visit {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid')
  caseId!: string;

  @ManyToOne(() => Case)
  @JoinColumn({ name: 'case_id' })
  case?: Case;

  @Column('date')
  visitedOn!: string;

  @Column('text')
  place!: string;

  /** Names of who went; no contact data. */
  @Column('text', { array: true })
  people!: string[];

  @Column('text')
  findings!: string;

  /** What was found and put on the responsibility list in the same step. */
  @Column('uuid', { array: true })
  problemIds!: string[];

  @Column('uuid', { array: true })
  fileIds!: string[];

  @Column('timestamptz')
  recordedAt!: Date;

  @Column('uuid')
  recordedBy!: string;
}
