import { Check, Column, Entity, PrimaryColumn } from 'typeorm';

/** How far the tally has come: the one row that there is. */
@Entity('tally_progress')
@Check('tally_progress_only_check', `"is_only"`)
export class TallyProgress {
  @PrimaryColumn('boolean', { default: true })
  isOnly!: boolean;

  /** All that was recorded before it is in the lines; `null` until they have been made for the first time. */
  @Column('timestamptz', { nullable: true })
  knownBefore!: Date | null;

  /** The last moment at which anything was learnt that a line tells of. */
  @Column('timestamptz', { nullable: true })
  changedAt!: Date | null;

  /** Transactions before this one had ended when it was last looked. */
  @Column('bigint', { nullable: true })
  seenXid!: string | null;

  /** While lines are made for the first time: what was recorded before it goes in. */
  @Column('timestamptz', { nullable: true })
  buildBefore!: Date | null;

  /** The last chain whose lines have been made. */
  @Column('uuid', { nullable: true })
  builtThrough!: string | null;
}
