import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { SUBJECT_KINDS } from '../weekly-query.js';
import type { SubjectKind } from '../../cases/lifecycle/states.js';
import { BEGINNINGS, LINE_KINDS, LINE_STATES, type LineState } from '../tally/tally-line.js';

const WHAT = [...BEGINNINGS, ...LINE_KINDS] as const;

class NamedView {
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiProperty({ example: '市工信局' })
  name!: string;
}

/** One counted event, or one counted case or problem. */
export class LineView {
  @ApiProperty({ enum: SUBJECT_KINDS })
  kind!: SubjectKind;
  @ApiProperty({ format: 'uuid', description: 'The case or problem.' })
  subjectId!: string;
  @ApiProperty({ example: 'AK-2021-000123' })
  number!: string;
  @ApiProperty({
    type: String,
    nullable: true,
    description: 'Of the enterprise, or of the project of a problem that has no enterprise.',
    example: '汉江机械有限公司',
  })
  enterprise!: string | null;
  @ApiProperty({
    enum: WHAT,
    description:
      'What happened. `standing`: it goes on standing as before, in this group; `rated`: the closure was rated; `sign_for`: the sign-for time fell.',
  })
  what!: (typeof WHAT)[number];
  @ApiProperty({ enum: LINE_STATES, nullable: true, description: 'How it stands from then on.' })
  state!: LineState | null;
  @ApiProperty({
    format: 'date-time',
    description: 'When it happened; of what is overdue, since when it is.',
  })
  at!: Date;
  @ApiProperty({ format: 'date-time', description: 'When it was learnt.' })
  recordedAt!: Date;
  @ApiProperty({
    type: String,
    format: 'uuid',
    nullable: true,
    description:
      'The event of the timeline; null where attributes of the enterprise or department changed, or of a rating.',
  })
  eventId!: string | null;
  @ApiProperty({ type: String, format: 'uuid', nullable: true, description: 'The rating, of `rated`.' })
  ratingId!: string | null;
  @ApiProperty({ type: NamedView, nullable: true, description: 'Answerable then.' })
  department!: NamedView | null;
  @ApiProperty({ type: NamedView, nullable: true })
  official!: NamedView | null;
  @ApiProperty({ type: Date, format: 'date-time', nullable: true, description: 'Of what is overdue.' })
  dueAt!: Date | null;
}

export class LinePage {
  @ApiProperty({ type: [LineView] })
  items!: LineView[];
  @ApiProperty({
    type: String,
    nullable: true,
    description:
      'Goes into `cursor` for the next page; `null` on the last. It keeps the `asOf` of the first.',
  })
  nextCursor!: string | null;
  @ApiProperty({ format: 'date-time', description: 'What was recorded before it is among them.' })
  asOf!: string;
  @ApiPropertyOptional({
    type: 'integer',
    description: 'Only with `count=exact`: all lines of the cell, as many as its figure says.',
    example: 12,
  })
  total?: number;
  @ApiPropertyOptional({
    type: 'integer',
    description:
      'Only with `count=exact`: how many of them the asker may not see; they are not among the items.',
    example: 0,
  })
  outOfScope?: number;
}
