import { ApiProperty } from '@nestjs/swagger';
import { IsUUID } from 'class-validator';
import { IsCalendarDate } from '../platform/http/calendar-date.validator.js';
import { pageOf } from '../platform/http/paging.js';

export class DeputyBody {
  @ApiProperty({
    format: 'uuid',
    description: 'Another active official, who stands in.',
    example: '0193a1b2-0000-7000-8000-000000000007',
  })
  @IsUUID()
  deputyId!: string;

  @ApiProperty({ format: 'date', description: 'First day.', example: '2021-11-08' })
  @IsCalendarDate()
  fromOn!: string;

  @ApiProperty({ format: 'date', description: 'Last day, not before today.', example: '2021-11-19' })
  @IsCalendarDate()
  toOn!: string;
}

class DeputyName {
  @ApiProperty({ format: 'uuid', example: '0193a1b2-0000-7000-8000-000000000007' })
  id!: string;

  @ApiProperty({ example: '李明' })
  name!: string;

  @ApiProperty({ example: '副科长' })
  post!: string;
}

export class DeputyView {
  @ApiProperty({ format: 'uuid', example: '0193a1b2-0000-7000-8000-000000000008' })
  id!: string;

  @ApiProperty({ type: DeputyName, description: 'Who stands in.' })
  deputy!: DeputyName;

  @ApiProperty({ format: 'date', description: 'First day.', example: '2021-11-08' })
  fromOn!: string;

  @ApiProperty({ format: 'date', description: 'Last day.', example: '2021-11-19' })
  toOn!: string;

  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'When it was cancelled; `null` where it was not.',
    example: null,
  })
  cancelledAt!: string | null;
}

export class DeputyPage extends pageOf(DeputyView) {}
