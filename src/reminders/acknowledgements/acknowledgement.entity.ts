import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What a recipient said last of a reminder, whatever channels it came by; what was said before is in the events. */
@Entity('reminder_acknowledgements')
export class Acknowledgement {
  @PrimaryColumn('uuid')
  reminderId!: string;

  @PrimaryColumn('uuid')
  officialId!: string;

  /** Calendar date by which it will be done, as the recipient says. */
  @Column('date')
  doneBy!: string;

  @Column('text', { nullable: true })
  note!: string | null;

  @Column('timestamptz')
  acknowledgedAt!: Date;
}
