import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** One of the SMS that a number may get in a day: the primary key is what no two workers can take at once. */
@Entity('sms_slots')
@Index('sms_slots_message_idx', ['messageId'])
export class SmsSlot {
  /** Calendar date, office time. */
  @PrimaryColumn('date')
  onDay!: string;

  /** The number itself, as `officials.mobile_search_key` has it: two officials may share one. */
  @PrimaryColumn('bytea')
  numberKey!: Buffer;

  /** From 1 to the cap. */
  @PrimaryColumn('int')
  slot!: number;

  @Column('uuid')
  messageId!: string;
}
