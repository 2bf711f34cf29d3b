import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { Clock } from '../../platform/clock/clock.js';
import { ComposeIssue } from './compose-issue.js';
import { yearOf } from './issue-content.js';
import type { BulletinIssue } from './issue.entity.js';
import { Issues, NOT_WITHDRAWN } from './issues.repository.js';
import { KeepIssueFiles } from './keep-issue-files.js';

/** The withdrawn issue in whose place one is to stand, and why. */
export interface Replacement {
  id: string;
  number: number;
  reason: string;
}

/** Issues before they are stored: figures, number and files; their files are in the store then. */
@Injectable()
export class DraftIssue {
  constructor(
    private readonly composing: ComposeIssue,
    private readonly keeping: KeepIssueFiles,
    private readonly issues: Issues,
    private readonly clock: Clock,
  ) {}

  /** As known now. @param preparedBy `null`: the schedule. @throws what {@link ComposeIssue} does */
  async fresh(
    week: string,
    preparedBy: string | null,
    replacement: Replacement | null = null,
  ): Promise<BulletinIssue> {
    const composed = await this.composing.run(week);
    const year = yearOf(week);
    const number = await this.issues.nextNumber(year);
    const replacesNumber = replacement?.number ?? null;
    const files = await this.keeping.run({ ...composed, year, number, replacesNumber });
    return {
      id: uuidv7(),
      ...composed,
      year,
      number,
      files,
      state: 'prepared',
      asOf: new Date(composed.asOf),
      preparedAt: this.clock.now(),
      preparedBy,
      replaces: replacement?.id ?? null,
      reason: replacement?.reason ?? null,
      publishedAt: null,
      publishedBy: null,
      note: null,
      hash: null,
      ...NOT_WITHDRAWN,
    };
  }

  /** As it was prepared; where others were published or withdrawn since, with the number and corrections that follow. */
  async upToDate(prepared: BulletinIssue): Promise<BulletinIssue> {
    const { week, year, asOf, parameters, tables, replaces } = prepared;
    const number = await this.issues.nextNumber(year);
    // The number also tells where the clocks of two machines are apart.
    const hasChanged = await this.issues.haveChangedSince(prepared.preparedAt);
    if (number === prepared.number && !hasChanged) return prepared;
    const corrections = await this.composing.corrections(week, asOf);
    const replacesNumber = replaces === null ? null : (await this.issues.get(replaces)).number;
    const said = {
      week,
      year,
      number,
      asOf: asOf.toISOString(),
      parameters,
      tables,
      corrections,
      replacesNumber,
    };
    return { ...prepared, number, corrections, files: await this.keeping.run(said) };
  }
}
