import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Rung } from './ladder.js';

/** One version of the ladder; the highest version is the one in force. */
@Entity('reminder_policies')
export class ReminderPolicy {
  @PrimaryColumn('int')
  version!: number;

  @Column('jsonb')
  rungs!: Rung[];

  @Column('timestamptz')
  recordedAt!: Date;

  @Column('uuid', { nullable: true })
  recordedBy!: string | null;
}
