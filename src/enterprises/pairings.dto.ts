import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsUUID, ValidateIf } from 'class-validator';
import { IsCalendarDate } from '../platform/http/calendar-date.validator.js';
import { MayBeAbsent } from '../platform/http/fields.js';
import { pageOf } from '../platform/http/paging.js';
import { PAIRING_DUTIES, PAIRING_TIERS, type PairingDuty, type PairingTier } from './pairing.entity.js';

export class PairingBody {
  @ApiPropertyOptional({
    format: 'uuid',
    description: 'For duty `leader` an active official who is a leader, for `official` any active one.',
    example: '0193a1b2-0000-7000-8000-000000000004',
  })
  @ValidateIf(({ duty, officialId }: PairingBody) => duty !== 'unit' || officialId !== undefined)
  @IsUUID()
  officialId?: string;

  @ApiPropertyOptional({
    format: 'uuid',
    description: 'For duty `unit`: an active department.',
    example: '0193a1b2-0000-7000-8000-000000000003',
  })
  @ValidateIf(({ duty, departmentId }: PairingBody) => duty === 'unit' || departmentId !== undefined)
  @IsUUID()
  departmentId?: string;

  @ApiPropertyOptional({ enum: PAIRING_DUTIES, default: 'leader', example: 'leader' })
  @MayBeAbsent()
  @IsIn(PAIRING_DUTIES)
  duty?: PairingDuty;

  @ApiPropertyOptional({
    enum: PAIRING_TIERS,
    description: 'Unless given, the level of the department, or of the department the official is in.',
    example: 'city',
  })
  @MayBeAbsent()
  @IsIn(PAIRING_TIERS)
  tier?: PairingTier;

  @ApiPropertyOptional({
    format: 'date',
    description: 'First day, not after today; today unless given.',
    example: '2021-10-08',
  })
  @MayBeAbsent()
  @IsCalendarDate()
  fromOn?: string;
}

class PairedOfficial {
  @ApiProperty({ format: 'uuid', example: '0193a1b2-0000-7000-8000-000000000004' })
  id!: string;

  @ApiProperty({ example: '李领导' })
  name!: string;

  @ApiProperty({ example: '副市长' })
  post!: string;
}

class PairedDepartment {
  @ApiProperty({ format: 'uuid', example: '0193a1b2-0000-7000-8000-000000000003' })
  id!: string;

  @ApiProperty({ example: '市工信局' })
  name!: string;
}

export class PairingView {
  @ApiProperty({ format: 'uuid', example: '0193a1b2-0000-7000-8000-000000000006' })
  id!: string;

  @ApiProperty({ enum: PAIRING_TIERS, example: 'city' })
  tier!: PairingTier;

  @ApiProperty({ enum: PAIRING_DUTIES, example: 'leader' })
  duty!: PairingDuty;

  @ApiProperty({ type: PairedOfficial, nullable: true, description: '`null` for a unit.' })
  official!: PairedOfficial | null;

  @ApiProperty({ type: PairedDepartment, description: 'The unit, or the department the official is in.' })
  department!: PairedDepartment;

  @ApiProperty({ format: 'date', description: 'First day.', example: '2021-10-08' })
  fromOn!: string;

  @ApiProperty({
    type: String,
    format: 'date',
    nullable: true,
    description: 'Last day; `null` while it lasts.',
    example: null,
  })
  toOn!: string | null;
}

export class PairingPage extends pageOf(PairingView) {}
