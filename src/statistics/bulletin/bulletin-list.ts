import { Injectable } from '@nestjs/common';
import type { Caller } from '../../access/actor.js';
import { isAllowed } from '../../access/may.js';
import { notFound } from '../../platform/errors/refusal.js';
import { Where } from '../../platform/http/list-reader.js';
import { type NewestFirst, NewestFirstReader } from '../../platform/http/newest-first.js';
import type { Page } from '../../platform/http/paging.js';
import type { IssueFile } from './issue-content.js';
import type { BulletinIssue } from './issue.entity.js';
import type { IssueFileQuery, IssueQuery, IssueView, WholeIssueView } from './issues.dto.js';
import { ISSUE_COLUMNS, Issues } from './issues.repository.js';

type Row = Omit<BulletinIssue, 'tables' | 'corrections'>;

const ISSUES: NewestFirst<Row> = {
  name: 'bulletin-issues',
  select: ISSUE_COLUMNS.replace('i.tables,', '').replace('i.corrections,', ''),
  from: 'bulletin_issues i',
  keys: [['i.id', 'uuid']],
  positionOf: ({ id }) => [id],
};

/** Issues as people see them. What was never published only those see who may publish. */
@Injectable()
export class BulletinList {
  constructor(
    private readonly lists: NewestFirstReader,
    private readonly issues: Issues,
  ) {}

  page(caller: Caller, { state, week, ...page }: IssueQuery): Promise<Page<IssueView>> {
    const where = new Where()
      .add(state, (states) => `i.state = ANY(${states}::text[])`)
      .add(week, (name) => `i.week = ${name}`)
      .add(seesAll(caller), (all) => `${all} OR i.published_at IS NOT NULL`);
    return this.lists.page(ISSUES, where, page, viewOf);
  }

  /** @throws Refusal 404 NOT_FOUND */
  async whole(caller: Caller, id: string): Promise<WholeIssueView> {
    const issue = await this.visible(caller, id);
    return { ...viewOf(issue), tables: issue.tables, corrections: issue.corrections };
  }

  /** @throws Refusal 404 NOT_FOUND */
  async file(
    caller: Caller,
    id: string,
    format: string,
    { subject = 'case', by = 'reportingUnit' }: IssueFileQuery,
  ): Promise<IssueFile> {
    const { files } = await this.visible(caller, id);
    const file = files.find(
      (one) =>
        one.format === format && (one.subject === undefined || (one.subject === subject && one.by === by)),
    );
    if (file === undefined) throw notFound('issue_file', format);
    return file;
  }

  private async visible(caller: Caller, id: string): Promise<BulletinIssue> {
    const issue = await this.issues.get(id);
    if (issue.publishedAt === null && !seesAll(caller)) throw notFound('bulletin_issue', id);
    return issue;
  }
}

const seesAll = (caller: Caller): boolean => isAllowed(caller, 'statistics.publish');

const viewOf = (issue: Row): IssueView => ({
  id: issue.id,
  week: issue.week,
  year: issue.year,
  number: issue.number,
  state: issue.state,
  asOf: issue.asOf,
  parameters: issue.parameters,
  files: issue.files.map(({ format, subject, by, name, mediaType, sha256, size }) => ({
    format,
    ...(subject === undefined ? {} : { subject }),
    ...(by === undefined ? {} : { by }),
    ...{ name, mediaType, sha256, size },
  })),
  preparedAt: issue.preparedAt,
  preparedBy: issue.preparedBy,
  publishedAt: issue.publishedAt,
  publishedBy: issue.publishedBy,
  note: issue.note,
  hash: issue.hash?.toString('hex') ?? null,
  replaces: issue.replaces,
  reason: issue.reason,
  withdrawnAt: issue.withdrawnAt,
  withdrawnBy: issue.withdrawnBy,
  withdrawalReason: issue.withdrawalReason,
});
