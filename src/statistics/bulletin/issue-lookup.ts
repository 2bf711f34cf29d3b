import { Injectable } from '@nestjs/common';
import { Reader } from '../../platform/database/reader.js';
import type { PublishedIssue } from '../weekly-answer.js';

/** At one moment at most one issue of a week stands. */
const PUBLISHED = `
SELECT number, encode(hash, 'hex') AS hash, published_at AS "publishedAt"
  FROM bulletin_issues
 WHERE week = $1 AND published_at < coalesce($2::timestamptz, 'infinity')
   AND (state = 'published' OR withdrawn_at >= $2::timestamptz)`;

/** Which issue of the bulletin a week was published in. */
@Injectable()
export class IssueLookup {
  constructor(private readonly reader: Reader) {}

  /**
   * @param week `2021-W44`
   * @param asOf as it stood then, so that a table asked for again names the same; left out: now
   * @returns `null`: it is not published, or what was published is withdrawn
   */
  async of(week: string, asOf: Date | null): Promise<PublishedIssue | null> {
    const [issue] = await this.reader.prepared<{ number: number; hash: string; publishedAt: Date }>(
      PUBLISHED,
      [week, asOf],
    );
    return issue === undefined ? null : { ...issue, publishedAt: issue.publishedAt.toISOString() };
  }
}
