import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { Official } from './official.entity.js';

/** One official stands in for another from one day to another: reminders for the one go to the other. */
@Entity('deputies')
@Check('deputies_other_check', `"official_id" <> "deputy_id"`)
@Check('deputies_dates_check', `"to_on" >= "from_on"`)
@Index('deputies_official_idx', ['officialId', 'fromOn'])
export class Deputy {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid')
  officialId!: string;

  @ManyToOne(() => Official)
  @JoinColumn({ name: 'official_id' })
  official?: Official;

  /** Who stands in. */
  @Column('uuid')
  deputyId!: string;

  @ManyToOne(() => Official)
  @JoinColumn({ name: 'deputy_id' })
  deputy?: Official;

  @Column('date')
  fromOn!: string;

  /** Last day. */
  @Column('date')
  toOn!: string;

  /** Ended before its last day, or before its first. */
  @Column('timestamptz', { nullable: true })
  cancelledAt!: Date | null;
}
