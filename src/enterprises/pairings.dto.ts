import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsUUID } from 'class-validator';
import { IsCalendarDate } from '../platform/http/calendar-date.validator.js';
import { MayBeAbsent } from '../platform/http/fields.js';
import { pageOf } from '../platform/http/paging.js';

export class PairingBody {
  @ApiProperty({
    format: 'uuid',
    description: 'An active official with duty `leader`.',
    example: '0193a1b2-0000-7000-8000-000000000004',
  })
  @IsUUID()
  officialId!: string;

  @ApiPropertyOptional({
    format: 'date',
    description: 'First day, not after today; today unless given.',
    example: '2021-10-08',
  })
  @MayBeAbsent()
  @IsCalendarDate()
  fromOn?: string;
}

class LeaderName {
  @ApiProperty({ format: 'uuid', example: '0193a1b2-0000-7000-8000-000000000004' })
  id!: string;

  @ApiProperty({ example: '李领导' })
  name!: string;

  @ApiProperty({ example: '副市长' })
  post!: string;
}

export class PairingView {
  @ApiProperty({ format: 'uuid', example: '0193a1b2-0000-7000-8000-000000000006' })
  id!: string;

  @ApiProperty({ type: LeaderName })
  official!: LeaderName;

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
