import { Controller, Get, Query, StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Caller } from '../../access/actor.js';
import { Allow, CurrentCaller } from '../../access/decorators.js';
import { byCaller, SecurityTrail } from '../../access/security-trail.js';
import { givenOut } from '../../platform/files/export-files.js';
import { MEDIA_TYPES } from '../../platform/spreadsheet/export-format.js';
import { CaseExportQuery, ProblemExportQuery } from './export-query.js';
import { type ExportFile, SubjectExports } from './subject-exports.js';

const FILE = { schema: { type: 'string', format: 'binary' } } as const;

/** The lists of cases and of problems, whole, as files. */
@ApiTags('exports')
@Controller()
export class ExportsController {
  constructor(
    private readonly exports: SubjectExports,
    private readonly trail: SecurityTrail,
  ) {}

  @Get('cases/export')
  @Allow('cases.export')
  @ApiOperation({
    summary: 'The cases you may see as a file: a workbook, CSV, or JSON',
    description: 'Filters as of the list; at most `EXPORT_MAX_ROWS` (200,000). Recorded.',
  })
  @ApiProduces(...Object.values(MEDIA_TYPES))
  @ApiOkResponse(FILE)
  async cases(@CurrentCaller() caller: Caller, @Query() query: CaseExportQuery): Promise<StreamableFile> {
    return this.give(caller, 'cases', query, await this.exports.ofCases(caller, query));
  }

  @Get('problems/export')
  @Allow('problems.export')
  @ApiOperation({
    summary: 'The problems you may see as a file: a workbook, CSV, or JSON',
    description: 'Filters as of the list; at most `EXPORT_MAX_ROWS` (200,000). Recorded.',
  })
  @ApiProduces(...Object.values(MEDIA_TYPES))
  @ApiOkResponse(FILE)
  async problems(
    @CurrentCaller() caller: Caller,
    @Query() query: ProblemExportQuery,
  ): Promise<StreamableFile> {
    return this.give(caller, 'problems', query, await this.exports.ofProblems(caller, query));
  }

  private async give(
    caller: Caller,
    what: 'cases' | 'problems',
    query: CaseExportQuery | ProblemExportQuery,
    { draft, format, rows }: ExportFile,
  ): Promise<StreamableFile> {
    const content = await givenOut(draft);
    const payload = { what: `${what}_list`, format, filters: { ...query }, rows, sha256: draft.sha256 };
    try {
      await this.trail.recordAlone({ type: 'exported', actor: byCaller(caller), payload });
    } catch (error) {
      content.destroy();
      throw error;
    }
    return new StreamableFile(content, {
      type: MEDIA_TYPES[format],
      length: draft.size,
      disposition: `attachment; filename="${what}.${format}"`,
    });
  }
}
