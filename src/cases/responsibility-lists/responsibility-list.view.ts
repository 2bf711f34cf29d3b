import { ApiProperty } from '@nestjs/swagger';
import { pageOf } from '../../platform/http/paging.js';
import {
  type Cause,
  CAUSES,
  PROBLEM_CATEGORIES,
  type ProblemCategory,
  type Status,
  STATUSES,
} from '../lifecycle/states.js';
import {
  LIST_SOURCES,
  LIST_STATUSES,
  type ListSource,
  type ListStatus,
} from './responsibility-list.entity.js';

const instant = { type: String, format: 'date-time' } as const;

export class ListReference {
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiProperty({ example: 'ZRQD-2021-003' })
  number!: string;
  @ApiProperty({ type: 'integer', example: 1 })
  edition!: number;
}

export class ResponsibilityListView extends ListReference {
  @ApiProperty({ example: '8月24日企业座谈会问题责任清单' })
  title!: string;
  @ApiProperty({ enum: LIST_SOURCES })
  source!: ListSource;
  @ApiProperty({ format: 'date', example: '2021-08-24', description: 'The date the document bears.' })
  issuedOn!: string;
  @ApiProperty({ ...instant, nullable: true, description: 'End of the claim window; `null`: none.' })
  claimUntil!: Date | null;
  @ApiProperty({ enum: LIST_STATUSES })
  status!: ListStatus;
  @ApiProperty({ ...instant, nullable: true, description: 'When its items became problems.' })
  issuedAt!: Date | null;
  @ApiProperty({ type: 'integer', description: 'Items that this edition adds.', example: 12 })
  itemsAdded!: number;
  @ApiProperty({ type: 'integer', description: 'Items of it and of the editions before it.', example: 30 })
  itemsTotal!: number;
  @ApiProperty({ type: 'integer', description: 'Raised by every change; also its `ETag`.' })
  version!: number;
}

export class ResponsibilityListPage extends pageOf(ResponsibilityListView) {}

export class NamedReference {
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiProperty({ example: '市工信局' })
  name!: string;
}

export class ItemProblem {
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiProperty({ example: 'P-2021-000456' })
  number!: string;
  @ApiProperty({ enum: STATUSES })
  status!: Status;
}

export class ListItemView {
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiProperty({ type: 'integer', description: 'The edition that brought it.', example: 1 })
  edition!: number;
  @ApiProperty({ type: NamedReference, nullable: true, description: '`null` of a project.' })
  enterprise!: NamedReference | null;
  @ApiProperty({ type: NamedReference, nullable: true, description: '`null` of an enterprise.' })
  project!: NamedReference | null;
  @ApiProperty({ example: '厂区扩建用地指标未落实' })
  title!: string;
  @ApiProperty()
  description!: string;
  @ApiProperty({ enum: PROBLEM_CATEGORIES })
  category!: ProblemCategory;
  @ApiProperty({ enum: CAUSES })
  cause!: Cause;
  @ApiProperty({ type: [NamedReference] })
  suggestedDepartments!: NamedReference[];
  @ApiProperty({ type: ItemProblem, nullable: true, description: '`null` until the list is issued.' })
  problem!: ItemProblem | null;
}

export class ListItemPage extends pageOf(ListItemView) {}
