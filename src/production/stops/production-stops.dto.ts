import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsString, Length } from 'class-validator';
import { IsMonth } from '../../platform/http/calendar-date.validator.js';
import { MayBeNull } from '../../platform/http/fields.js';
import type { List } from '../../platform/http/list-reader.js';
import { pageOf } from '../../platform/http/paging.js';
import { STOP_KINDS, type StopKind } from './production-stop.entity.js';

export class ProductionStopBody {
  @ApiProperty({ enum: STOP_KINDS, example: 'seasonal' })
  @IsIn(STOP_KINDS)
  kind!: StopKind;

  @ApiProperty({ description: 'First month `YYYY-MM`; may lie ahead.', example: '2021-12' })
  @IsMonth()
  fromMonth!: string;

  @ApiPropertyOptional({
    type: String,
    nullable: true,
    description: 'Last month, which belongs to it; `null` or left out: nobody knows yet how long.',
    example: '2022-02',
  })
  @MayBeNull()
  @IsMonth()
  toMonth?: string | null;

  @ApiProperty({ example: '枯水期停产检修', maxLength: 1000 })
  @IsString()
  @Length(1, 1000)
  reason!: string;
}

export class EndStopBody {
  @ApiProperty({ description: 'Last month after all, before what was announced.', example: '2022-01' })
  @IsMonth()
  toMonth!: string;
}

export class WithdrawStopBody {
  @ApiProperty({ example: '误报', maxLength: 1000 })
  @IsString()
  @Length(1, 1000)
  reason!: string;
}

export class ProductionStopView {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ enum: STOP_KINDS })
  kind!: StopKind;

  @ApiProperty({ description: 'First month.', example: '2021-12' })
  fromMonth!: string;

  @ApiProperty({ type: String, nullable: true, description: 'Last month as it stands.', example: '2022-01' })
  toMonth!: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'Last month as announced.', example: '2022-02' })
  announcedToMonth!: string | null;

  @ApiProperty()
  reason!: string;

  @ApiProperty({ format: 'date-time' })
  recordedAt!: string;

  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'When it was ended early.' })
  endedAt!: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'It counts no more since.' })
  withdrawnAt!: string | null;

  @ApiProperty({ type: String, nullable: true })
  withdrawalReason!: string | null;

  @ApiProperty({ type: 'integer', description: 'Raised by one at every change; the `ETag`.', example: 1 })
  version!: number;
}

export class ProductionStopPage extends pageOf(ProductionStopView) {}

export const STOPS: List<ProductionStopView> = {
  name: 'production-stops',
  select: `s.id, s.kind, to_char(s.from_month, 'YYYY-MM') AS "fromMonth",
    to_char(coalesce(s.ended_month, s.to_month), 'YYYY-MM') AS "toMonth",
    to_char(s.to_month, 'YYYY-MM') AS "announcedToMonth", s.reason, s.recorded_at AS "recordedAt",
    s.ended_at AS "endedAt", s.withdrawn_at AS "withdrawnAt", s.withdrawal_reason AS "withdrawalReason", s.version`,
  from: 'production_stops s',
  keys: [`to_char(s.from_month, 'YYYY-MM')`, 's.id'],
  types: ['text', 'uuid'],
  positionOf: (row) => [row.fromMonth, row.id],
};
