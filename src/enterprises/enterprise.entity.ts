import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { SEALED_FORM } from '../platform/personal-data/sealed-column.js';
import { ReportingUnit } from '../organization/reporting-unit.entity.js';
import { SIZE_CLASSES, type SizeClass } from './size-class.js';

export { SIZE_CLASSES, type SizeClass };

/** An enterprise of the register. */
@Entity('enterprises')
@Check('enterprises_size_class_check', `"size_class" IN ('large', 'medium', 'small', 'micro')`)
@Check(
  'enterprises_contact_phone_sealed_check',
  `CASE WHEN "contact_phone_sealed" IS NULL THEN "contact_phone_search_key" IS NULL AND "contact_is_mobile" IS NOT TRUE
        ELSE "contact_phone_search_key" IS NOT NULL AND "contact_phone_sealed" ~ '${SEALED_FORM}' END`,
)
@Index('enterprises_contact_phone_seal_idx', { synchronize: false })
@Index('enterprises_contact_phone_search_idx', ['contactPhoneSearchKey'], {
  where: '"contact_phone_search_key" IS NOT NULL',
})
@Index('enterprises_name_trgm', { synchronize: false })
@Index('enterprises_name_fragments', { synchronize: false })
@Index('enterprises_credit_code_trgm', { synchronize: false })
export class Enterprise {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('text')
  name!: string;

  /** Unified social credit code, GB 32100-2015, 18 characters, check character right. */
  @Column('text', { unique: true })
  creditCode!: string;

  /** Given, never derived from the credit code. */
  @Index('enterprises_reporting_unit_idx')
  @Column('uuid')
  reportingUnitId!: string;

  @ManyToOne(() => ReportingUnit)
  @JoinColumn({ name: 'reporting_unit_id' })
  reportingUnit?: ReportingUnit;

  @Column('text', { nullable: true })
  park!: string | null;

  /** Division of GB/T 4754-2017, two digits. */
  @Column('text', { nullable: true })
  industryCode!: string | null;

  @Column('text', { nullable: true })
  sizeClass!: SizeClass | null;

  /** 规上. */
  @Column('boolean', { default: false })
  isAboveScale!: boolean;

  /** 重点骨干. */
  @Column('boolean', { default: false })
  isKey!: boolean;

  /** People employed. */
  @Column('int', { nullable: true })
  employees!: number | null;

  @Column('text', { nullable: true })
  contactName!: string | null;

  /** Sealed: see `enterprise-phone.ts`. */
  @Column('text', { nullable: true })
  contactPhoneSealed!: string | null;

  /** Keyed hash, by which the number is found. */
  @Column('bytea', { nullable: true })
  contactPhoneSearchKey!: Buffer | null;

  /** The number is a mobile, which takes SMS; `null` where there is none, or `migrate` has not told yet. */
  @Column('boolean', { nullable: true })
  contactIsMobile!: boolean | null;

  @Column('text', { nullable: true })
  contactEmail!: string | null;

  /** Output value of a normal month, CNY. */
  @Column('numeric', { precision: 18, scale: 2, nullable: true })
  baselineMonthlyOutput!: string | null;

  @Column('int', { default: 1 })
  version!: number;
}
