import { ApiProperty, PickType } from '@nestjs/swagger';
import { IsIn, IsString, MaxLength, MinLength } from 'class-validator';
import { IntersectionType } from '@nestjs/swagger';
import { PageQuery } from '../../platform/http/paging.js';
import { CELL_LINES, type CellColumn, type MadeColumn, PARTS_OF } from '../tally/cell-lines.js';
import { WeeklyQuery } from '../weekly-query.js';

const COLUMNS = [...Object.keys(CELL_LINES), ...Object.keys(PARTS_OF)];

/** Which cell of which table. */
export class LineQuery extends IntersectionType(PickType(WeeklyQuery, ['subject', 'by', 'asOf']), PageQuery) {
  @ApiProperty({ description: 'Key of the row, as the table gives it, or `total`.', example: '610902' })
  @IsString()
  @MinLength(1)
  @MaxLength(100)
  row!: string;

  @ApiProperty({
    description:
      'Which count. Rates, means and scores have no lines of their own; asked for them, the refusal names the counts that they are made of.',
    enum: COLUMNS,
    example: 'overdue',
  })
  @IsIn(COLUMNS)
  column!: CellColumn | MadeColumn;
}
