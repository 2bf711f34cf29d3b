import { Check, Column, Entity, PrimaryColumn } from 'typeorm';
import type { DeadlineClass, Rung } from './ladder.js';

/** One version of the ladder of a deadline class; the highest version for it is the one in force. */
@Entity('reminder_policies')
@Check('reminder_policies_applies_to_check', `"applies_to" IN ('default', 'simple', 'general', 'complex')`)
@Check('reminder_policies_default_check', `"applies_to" <> 'default' OR jsonb_array_length("rungs") > 0`)
export class ReminderPolicy {
  /** One counter for all classes: a reminder's version alone says by which ladder it was armed. */
  @PrimaryColumn('int')
  version!: number;

  @Column('text', { default: 'default' })
  appliesTo!: DeadlineClass;

  @Column('jsonb')
  rungs!: Rung[];

  @Column('timestamptz')
  recordedAt!: Date;

  @Column('uuid', { nullable: true })
  recordedBy!: string | null;

  /** By the clock of the database: what was changed in transactions begun later was planned by this version. */
  @Column('timestamptz', { nullable: true })
  replanFrom!: Date | null;

  /** The last case or problem that has been planned anew. */
  @Column('uuid', { nullable: true })
  replanPosition!: string | null;

  /** When no reminder was armed by an earlier version any more. */
  @Column('timestamptz', { nullable: true })
  replannedAt!: Date | null;
}
