import { ApiProperty, ApiPropertyOptional, OmitType } from '@nestjs/swagger';
import { IsIn, IsObject, IsString, Matches, MaxLength } from 'class-validator';
import { MayBeAbsent } from '../../platform/http/fields.js';
import { pageOf } from '../../platform/http/paging.js';
import { CaseListQuery, ProblemListQuery } from '../dto/list-query.js';
import { SAVED_VIEW_LISTS, type SavedViewList } from './saved-view.entity.js';

const MAX_NAME = 100;
const NOT_BLANK = /\S/u;
const queryDescription =
  'Filters and `sort` of the list by their names there: `{"status": ["reported"], "sort": "-dueAt"}`.';

/** Where a page begins and how long it is belongs to one reading, not to a view. */
const OF_ONE_READING = ['limit', 'cursor', 'count'] as const;
export class SavedCaseQuery extends OmitType(CaseListQuery, OF_ONE_READING) {}
export class SavedProblemQuery extends OmitType(ProblemListQuery, OF_ONE_READING) {}

export class SavedViewBody {
  @ApiProperty({ example: '本周到期', maxLength: MAX_NAME, description: 'One of your own has it at most.' })
  @IsString()
  @Matches(NOT_BLANK)
  @MaxLength(MAX_NAME)
  name!: string;

  @ApiProperty({ enum: SAVED_VIEW_LISTS })
  @IsIn(SAVED_VIEW_LISTS)
  list!: SavedViewList;

  @ApiProperty({ type: 'object', additionalProperties: true, description: queryDescription })
  @IsObject()
  query!: Record<string, unknown>;
}

export class SavedViewPatch {
  @ApiPropertyOptional({ maxLength: MAX_NAME })
  @MayBeAbsent()
  @IsString()
  @Matches(NOT_BLANK)
  @MaxLength(MAX_NAME)
  name?: string;

  @ApiPropertyOptional({ type: 'object', additionalProperties: true, description: queryDescription })
  @MayBeAbsent()
  @IsObject()
  query?: Record<string, unknown>;
}

export class SavedViewView {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ example: '本周到期' })
  name!: string;

  @ApiProperty({ enum: SAVED_VIEW_LISTS })
  list!: SavedViewList;

  @ApiProperty({ type: 'object', additionalProperties: true, description: queryDescription })
  query!: Record<string, unknown>;

  @ApiProperty({ type: 'integer', example: 1 })
  version!: number;
}

export class SavedViewPage extends pageOf(SavedViewView) {}
