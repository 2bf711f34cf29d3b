import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { SEALED_FORM } from '../platform/personal-data/sealed-column.js';
import { Department } from './department.entity.js';

export const NOTICE_CHANNELS = ['email', 'sms'] as const;
export type NoticeChannel = (typeof NOTICE_CHANNELS)[number];

export const OFFICIAL_DUTIES = ['head', 'liaison', 'handler', 'leader'] as const;
export type OfficialDuty = (typeof OFFICIAL_DUTIES)[number];

/** A person in a department. */
@Entity('officials')
@Check('officials_duty_check', `"duty" IN ('head', 'liaison', 'handler', 'leader')`)
@Check(
  'officials_mobile_sealed_check',
  `CASE WHEN "mobile_sealed" IS NULL THEN "mobile_search_key" IS NULL AND NOT "is_mobile"
        ELSE "mobile_search_key" IS NOT NULL AND "mobile_sealed" ~ '${SEALED_FORM}' END`,
)
@Check(
  'officials_notice_channels_check',
  `"notice_channels" <@ ARRAY['email', 'sms'] AND cardinality("notice_channels") > 0`,
)
@Index('officials_mobile_seal_idx', { synchronize: false })
@Index('officials_mobile_search_idx', ['mobileSearchKey'], { where: '"mobile_search_key" IS NOT NULL' })
@Index('officials_department_name_key', ['departmentId', 'name'], { unique: true })
export class Official {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid')
  departmentId!: string;

  @ManyToOne(() => Department)
  @JoinColumn({ name: 'department_id' })
  department?: Department;

  @Column('text')
  name!: string;

  /** Title as the directory gives it, such as 科长. */
  @Column('text')
  post!: string;

  /** `head` 局长, `liaison` 联络员, `handler` 科长 or 干部, `leader` 市级领导. */
  @Column('text')
  duty!: OfficialDuty;

  /** Sealed: see `official-mobile.ts`. */
  @Column('text', { nullable: true })
  mobileSealed!: string | null;

  /** Keyed hash, by which the number is found. */
  @Column('bytea', { nullable: true })
  mobileSearchKey!: Buffer | null;

  /** The number is a mobile, which takes SMS, and no landline. */
  @Column('boolean', { default: false })
  isMobile!: boolean;

  @Column('text', { nullable: true })
  email!: string | null;

  /** By which channels the person wants what policy leaves to choose; `null`: by all. Reminders ask nobody. */
  @Column('text', { array: true, nullable: true })
  noticeChannels!: NoticeChannel[] | null;

  @Column('boolean', { default: true })
  isActive!: boolean;

  @Column('int', { default: 1 })
  version!: number;
}
