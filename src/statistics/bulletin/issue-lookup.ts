import { Injectable } from '@nestjs/common';
import { Reader } from '../../platform/database/reader.js';
import type { PublishedIssue } from '../weekly-answer.js';

const PUBLISHED = `
SELECT number, encode(hash, 'hex') AS hash, published_at AS "publishedAt"
  FROM bulletin_issues WHERE week = $1 AND state = 'published'`;

/** Which issue of the bulletin a week was published in. */
@Injectable()
export class IssueLookup {
  constructor(private readonly reader: Reader) {}

  /** @param week `2021-W44`; `null`: it is not published, or what was published is withdrawn. */
  async of(week: string): Promise<PublishedIssue | null> {
    const [issue] = await this.reader.prepared<{ number: number; hash: string; publishedAt: Date }>(
      PUBLISHED,
      [week],
    );
    return issue === undefined ? null : { ...issue, publishedAt: issue.publishedAt.toISOString() };
  }
}
