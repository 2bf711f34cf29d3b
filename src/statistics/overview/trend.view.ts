import { ApiProperty } from '@nestjs/swagger';
import type { SubjectKind } from '../../cases/lifecycle/states.js';
import { type By, BYS } from '../table/groupings.js';

const Count = (description: string, example: number) =>
  ApiProperty({ description, example, type: 'integer', minimum: 0 });

export class TrendPoint {
  @ApiProperty({ example: '2021-W44' })
  week!: string;
  @ApiProperty({ description: 'The week had not ended at `asOf`: the last one.' })
  isProvisional!: boolean;
  @Count('上周结转: on the books at its start.', 29)
  opening!: number;
  @Count('本周新增: first assigned or claimed in it.', 8)
  assigned!: number;
  @Count('本周销号: closed in it.', 5)
  resolved!: number;
  @Count('Reopened in it.', 0)
  reopened!: number;
  @Count('在办: on the books at its end.', 32)
  closing!: number;
  @Count('Of these, late.', 11)
  overdue!: number;
  @ApiProperty({
    description: '销号率 to its end, 0 to 1, four decimals; null where there is nothing to divide by.',
    example: 0.3962,
    type: Number,
    nullable: true,
  })
  closureRate!: number | null;
}

export class TrendView {
  @ApiProperty({ enum: ['case', 'problem'] })
  subject!: SubjectKind;
  @ApiProperty({ enum: BYS })
  by!: By;
  @ApiProperty({
    type: String,
    nullable: true,
    description: 'Key of the row; null: the total.',
    example: null,
  })
  row!: string | null;
  @ApiProperty({ format: 'date-time', example: '2021-11-08T01:00:00.000Z' })
  asOf!: string;
  @ApiProperty({ type: [TrendPoint], description: 'By week, the earliest first.' })
  points!: TrendPoint[];
}
