import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Whether a day is worked, as one loading of the State Council's calendar said; the newest loading counts. */
@Entity('calendar_days')
export class CalendarDay {
  @PrimaryColumn('date')
  day!: string;

  @PrimaryColumn('timestamptz')
  recordedAt!: Date;

  @Column('boolean')
  isWorking!: boolean;

  /** Name of the holiday, where it is one. */
  @Column('text', { nullable: true })
  name!: string | null;
}
