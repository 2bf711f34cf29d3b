import { Body, Controller, Get, HttpCode, Param, Query, StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { AccountActor, Caller } from '../../access/actor.js';
import { Allow, CurrentActor, CurrentCaller } from '../../access/decorators.js';
import { byCaller, SecurityTrail } from '../../access/security-trail.js';
import { attachment } from '../../platform/files/attachment.js';
import { FileStore } from '../../platform/files/file-store.js';
import { Post } from '../../platform/http/idempotency/post.js';
import type { Page } from '../../platform/http/paging.js';
import { ParseId } from '../../platform/http/parse-id.pipe.js';
import { BulletinList } from './bulletin-list.js';
import { ISSUE_FORMATS, ISSUE_MEDIA_TYPES } from './issue-formats.js';
import {
  IssueFileQuery,
  IssuePage,
  IssueQuery,
  IssueReasonBody,
  type IssueView,
  WholeIssueView,
} from './issues.dto.js';
import { WithdrawIssue } from './withdraw-issue.js';

/** 通报: issues of the weekly bulletin, as they were published. */
@ApiTags('statistics')
@Allow('statistics.read')
@Controller('statistics/issues')
export class IssuesController {
  constructor(
    private readonly list: BulletinList,
    private readonly withdrawing: WithdrawIssue,
    private readonly files: FileStore,
    private readonly trail: SecurityTrail,
  ) {}

  @Get()
  @ApiOperation({
    summary: 'Issues of the bulletin, the last first; those not published for who may publish',
  })
  @ApiOkResponse({ type: IssuePage })
  page(@CurrentCaller() caller: Caller, @Query() query: IssueQuery): Promise<Page<IssueView>> {
    return this.list.page(caller, query);
  }

  @Get(':id')
  @ApiOperation({ summary: 'One issue with its tables and corrections' })
  @ApiOkResponse({ type: WholeIssueView })
  get(@CurrentCaller() caller: Caller, @Param('id', ParseId) id: string): Promise<WholeIssueView> {
    return this.list.whole(caller, id);
  }

  @Get(':id/files/:format')
  @Allow('statistics.export')
  @ApiOperation({
    summary: 'A file as it was issued, the same bytes for ever',
    description: 'Of `csv` there is a file for each table.',
  })
  @ApiParam({ name: 'format', enum: ISSUE_FORMATS })
  @ApiProduces(...ISSUE_MEDIA_TYPES)
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  async file(
    @CurrentCaller() caller: Caller,
    @Param('id', ParseId) id: string,
    @Param('format') format: string,
    @Query() query: IssueFileQuery,
  ): Promise<StreamableFile> {
    const file = await this.list.file(caller, id, format, query);
    const content = await this.files.open(file.sha256);
    await this.trail.recordAlone({
      type: 'exported',
      actor: byCaller(caller),
      subject: { kind: 'bulletin_issue', id },
      payload: { what: 'bulletin_issue', format, sha256: file.sha256 },
    });
    return new StreamableFile(content, {
      type: file.mediaType,
      length: file.size,
      disposition: attachment(file.name),
    });
  }

  @Post(':id/withdraw')
  @HttpCode(200)
  @Allow('statistics.publish')
  @ApiOperation({ summary: 'Take an issue back; it stays, and says so' })
  @ApiOkResponse({ type: WholeIssueView })
  async withdraw(
    @CurrentActor() actor: AccountActor,
    @Param('id', ParseId) id: string,
    @Body() { reason }: IssueReasonBody,
  ): Promise<WholeIssueView> {
    await this.withdrawing.run(id, actor.accountId, reason);
    return this.list.whole(actor, id);
  }
}
