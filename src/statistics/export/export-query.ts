import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { type Locale, LOCALES } from '../../platform/errors/message-text.js';
import { WeeklyQuery } from '../weekly-query.js';
import { EXPORTED_TABLES, type ExportedTable } from './export-ask.js';
import { type Format, FORMAT_NAMES } from './formats.js';

/** Which file of the week. */
export class WeeklyExportQuery extends WeeklyQuery {
  @ApiPropertyOptional({
    description:
      'xlsx holds every table of the week, charts, and what its columns mean, whatever `subject`, `by` and `table` say; csv and json hold one table.',
    enum: FORMAT_NAMES,
    default: 'xlsx',
  })
  @IsOptional()
  @IsIn(FORMAT_NAMES)
  format?: Format;

  @ApiPropertyOptional({
    description:
      'Of csv and json: the closure table by `subject` and `by`; the overdue cases or problems (`subject`) that the caller may see, most overdue first; the distressed enterprises on the books by unit, kind of distress and state; or the targets of campaigns.',
    enum: EXPORTED_TABLES,
    default: 'closure',
  })
  @IsOptional()
  @IsIn(EXPORTED_TABLES)
  table?: ExportedTable;

  @ApiPropertyOptional({
    description: 'Language of the file; left out, that of `Accept-Language`. Names stay as they are.',
    enum: LOCALES,
  })
  @IsOptional()
  @IsIn(LOCALES)
  lang?: Locale;
}
