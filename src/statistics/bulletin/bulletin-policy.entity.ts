import { Check, Column, Entity, PrimaryColumn } from 'typeorm';

/** An official who is sent what is published, and in which formats. */
export interface Subscriber {
  officialId: string;
  formats: string[];
}

/** One version of the rules by which the bulletin is made; the highest is in force. */
@Entity('bulletin_policies')
@Check('bulletin_policies_weekday_check', '"weekday" BETWEEN 1 AND 7')
export class BulletinPolicy {
  @PrimaryColumn('int')
  version!: number;

  /** Whether issues are prepared by the schedule. */
  @Column('boolean')
  isEnabled!: boolean;

  @Column('int')
  weekday!: number;

  @Column('text')
  time!: string;

  /** Whether what somebody prepared by hand is approved by somebody else. */
  @Column('boolean')
  needsAnother!: boolean;

  @Column('jsonb')
  subscribers!: Subscriber[];

  @Column('timestamptz')
  recordedAt!: Date;

  @Column('uuid')
  recordedBy!: string;
}
