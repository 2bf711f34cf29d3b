import { Body, Controller, Param } from '@nestjs/common';
import { ApiCreatedResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { Post } from '../../platform/http/idempotency/post.js';
import type { AccountActor } from '../../access/actor.js';
import { Allow, CurrentActor } from '../../access/decorators.js';
import { WEEK_PARAMETER } from '../week-parameter.js';
import { BulletinList } from './bulletin-list.js';
import { BulletinPolicies } from './bulletin-policies.js';
import { IssueReasonBody, PublishBody, WholeIssueView } from './issues.dto.js';
import { PrepareIssue } from './prepare-issue.js';
import { PublishIssue } from './publish-issue.js';

/** Makes issues of weeks. */
@ApiTags('statistics')
@Allow('statistics.publish')
@Controller('statistics/weekly/:week')
export class PublishingController {
  constructor(
    private readonly preparing: PrepareIssue,
    private readonly publishing: PublishIssue,
    private readonly policies: BulletinPolicies,
    private readonly list: BulletinList,
  ) {}

  @Post('prepare')
  @ApiOperation({ summary: 'Make the issue of a week ready, to be looked at and approved' })
  @ApiParam(WEEK_PARAMETER)
  @ApiCreatedResponse({ type: WholeIssueView })
  async prepare(@CurrentActor() actor: AccountActor, @Param('week') week: string): Promise<WholeIssueView> {
    return this.list.whole(actor, await this.preparing.byHand(week, actor.accountId));
  }

  @Post('publish')
  @ApiOperation({
    summary: 'Approve what is prepared, or publish the week as it is known now',
    description: 'Freezes a numbered issue, tells the departments and mails it to the subscribers.',
  })
  @ApiParam(WEEK_PARAMETER)
  @ApiCreatedResponse({ type: WholeIssueView })
  async publish(
    @CurrentActor() actor: AccountActor,
    @Param('week') week: string,
    @Body() { note }: PublishBody,
  ): Promise<WholeIssueView> {
    return this.list.whole(actor, await this.publishing.run(week, actor.accountId, note ?? null));
  }

  @Post('reissue')
  @ApiOperation({
    summary: 'Publish anew, as it is known now, a week whose issue was withdrawn',
    description: 'Where the policy wants another approver it is prepared, to be approved by `publish`.',
  })
  @ApiParam(WEEK_PARAMETER)
  @ApiCreatedResponse({ type: WholeIssueView })
  async reissue(
    @CurrentActor() actor: AccountActor,
    @Param('week') week: string,
    @Body() { reason }: IssueReasonBody,
  ): Promise<WholeIssueView> {
    const { needsAnother } = await this.policies.current();
    const id = needsAnother
      ? await this.preparing.inPlaceOfWithdrawn(week, actor.accountId, reason)
      : await this.publishing.again(week, actor.accountId, reason);
    return this.list.whole(actor, id);
  }
}
