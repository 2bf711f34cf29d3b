import { ApiPropertyOptional, OmitType } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { type Locale, LOCALES } from '../../platform/errors/message-text.js';
import { EXPORT_FORMATS, type ExportFormat } from '../../platform/spreadsheet/export-format.js';
import { CaseListQuery, ProblemListQuery } from '../dto/list-query.js';

/** An export is of the whole list: it has no pages. */
const OF_A_PAGE = ['limit', 'cursor', 'count'] as const;

export class CaseExportQuery extends OmitType(CaseListQuery, OF_A_PAGE) {
  @ApiPropertyOptional({ enum: EXPORT_FORMATS, default: 'xlsx' })
  @IsOptional()
  @IsIn(EXPORT_FORMATS)
  format?: ExportFormat;

  @ApiPropertyOptional({ enum: LOCALES, description: 'Of headings and words; the server’s unless given.' })
  @IsOptional()
  @IsIn(LOCALES)
  lang?: Locale;
}

export class ProblemExportQuery extends OmitType(ProblemListQuery, OF_A_PAGE) {
  @ApiPropertyOptional({ enum: EXPORT_FORMATS, default: 'xlsx' })
  @IsOptional()
  @IsIn(EXPORT_FORMATS)
  format?: ExportFormat;

  @ApiPropertyOptional({ enum: LOCALES, description: 'Of headings and words; the server’s unless given.' })
  @IsOptional()
  @IsIn(LOCALES)
  lang?: Locale;
}
