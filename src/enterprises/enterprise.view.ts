import { ApiProperty } from '@nestjs/swagger';
import { maskEmail, maskPhone, UNREADABLE } from '../organization/contact-mask.js';
import { reportingUnitName, ReportingUnitName } from '../organization/reporting-unit.view.js';
import type { List } from '../platform/http/list-reader.js';
import { pageOf } from '../platform/http/paging.js';
import type { PersonalData } from '../platform/personal-data/personal-data.js';
import { SIZE_CLASSES, type SizeClass } from './enterprise.entity.js';
import { ENTERPRISE_PHONE } from './enterprise-phone.js';
import { INDUSTRIES } from './industries.data.js';

class IndustryName {
  @ApiProperty({ description: 'Division of GB/T 4754-2017.', example: '30' })
  code!: string;

  @ApiProperty({ example: '非金属矿物制品业' })
  name!: string;
}

export class EnterpriseView {
  @ApiProperty({ format: 'uuid', example: '0193a1b2-0000-7000-8000-000000000005' })
  id!: string;

  @ApiProperty({ example: '安康示例水泥有限公司' })
  name!: string;

  @ApiProperty({ description: 'Unified social credit code.', example: '91610900MA70XXXX0P' })
  creditCode!: string;

  @ApiProperty({ type: ReportingUnitName })
  reportingUnit!: ReportingUnitName;

  @ApiProperty({ type: String, nullable: true, example: '江南产业园' })
  park!: string | null;

  @ApiProperty({ type: IndustryName, nullable: true })
  industry!: IndustryName | null;

  @ApiProperty({ enum: SIZE_CLASSES, nullable: true, example: 'medium' })
  sizeClass!: SizeClass | null;

  @ApiProperty({ description: '规上.', example: true })
  isAboveScale!: boolean;

  @ApiProperty({ description: '重点骨干.', example: false })
  isKey!: boolean;

  @ApiProperty({ type: 'integer', nullable: true, description: 'People employed.', example: 320 })
  employees!: number | null;

  @ApiProperty({ type: String, nullable: true, example: '张三' })
  contactName!: string | null;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'Masked. `POST /enterprises/{id}/reveal-contact` tells it in full.',
    example: '199****0001',
  })
  contactPhone!: string | null;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'Masked, likewise.',
    example: 'z***@example.com',
  })
  contactEmail!: string | null;

  @ApiProperty({
    type: Number,
    nullable: true,
    description: 'Output value of a normal month, CNY.',
    example: 12_500_000,
  })
  baselineMonthlyOutput!: number | null;

  @ApiProperty({ description: 'Raised by one at every change; the `ETag`.', example: 1 })
  version!: number;
}

export class EnterprisePage extends pageOf(EnterpriseView) {}

/** A row of {@link ENTERPRISES}. */
export interface EnterpriseRow extends Omit<
  EnterpriseView,
  'industry' | 'baselineMonthlyOutput' | 'contactPhone'
> {
  industryCode: string | null;
  contactPhoneSealed: string | null;
  /** Decimal text. */
  baselineMonthlyOutput: string | null;
}

export const ENTERPRISES: List<EnterpriseRow> = {
  name: 'enterprises',
  select: `e.id, e.name, e.credit_code AS "creditCode", ${reportingUnitName('u')} AS "reportingUnit", e.park,
    e.industry_code AS "industryCode", e.size_class AS "sizeClass", e.is_above_scale AS "isAboveScale", e.is_key AS "isKey",
    e.employees, e.contact_name AS "contactName", e.contact_phone_sealed AS "contactPhoneSealed",
    e.contact_email AS "contactEmail",
    e.baseline_monthly_output AS "baselineMonthlyOutput", e.version`,
  from: 'enterprises e JOIN reporting_units u ON u.id = e.reporting_unit_id',
  keys: ['e.name', 'e.id'],
  types: ['text', 'uuid'],
  positionOf: (row) => [row.name, row.id],
};

/** With a masked contact. */
export function enterpriseView(row: EnterpriseRow, personalData: PersonalData): EnterpriseView {
  const { industryCode, baselineMonthlyOutput, contactPhoneSealed, ...rest } = row;
  const industry =
    industryCode === null ? null : { code: industryCode, name: INDUSTRIES.get(industryCode) ?? industryCode };
  const phone = personalData.openOrTell(contactPhoneSealed, ENTERPRISE_PHONE, row.id);
  return {
    ...rest,
    industry,
    contactPhone: contactPhoneSealed === null ? null : (maskPhone(phone) ?? UNREADABLE),
    contactEmail: maskEmail(row.contactEmail),
    baselineMonthlyOutput: baselineMonthlyOutput === null ? null : Number(baselineMonthlyOutput),
  };
}
