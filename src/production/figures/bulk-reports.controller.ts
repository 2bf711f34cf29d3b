import { Body, Controller, Headers, HttpCode } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Caller } from '../../access/actor.js';
import { Allow, CurrentCaller } from '../../access/decorators.js';
import { localeOf, textOf } from '../../platform/errors/message-text.js';
import { Post } from '../../platform/http/idempotency/post.js';
import { BulkReports } from './bulk-reports.js';
import { BulkReportBody, BulkReportView } from './bulk-reports.dto.js';

@ApiTags('production')
@Controller('production-reports')
export class BulkReportsController {
  constructor(private readonly reports: BulkReports) {}

  @Post()
  @HttpCode(200)
  @Allow('production.report')
  @ApiOperation({
    summary:
      'Report figures of up to 1,000 enterprises and months, in one transaction: all rows, or the valid ones.',
  })
  @ApiOkResponse({ type: BulkReportView })
  async report(
    @CurrentCaller() caller: Caller,
    @Body() body: BulkReportBody,
    @Headers('accept-language') language: string | undefined,
  ): Promise<BulkReportView> {
    const { faults, ...counts } = await this.reports.run(caller, body);
    const locale = localeOf(language);
    const rejected = faults.map(({ pointer, code, params = {} }) => ({
      pointer,
      code,
      detail: textOf(code, params, locale),
    }));
    return { ...counts, rejected };
  }
}
