import { createHash } from 'node:crypto';
import { canonical } from '../../platform/chain/canonical.js';
import type { BulletinIssue } from './issue.entity.js';

/** All that an issue says of itself when it is published. */
export type PublishedContent = Pick<
  BulletinIssue,
  | 'id'
  | 'week'
  | 'year'
  | 'number'
  | 'parameters'
  | 'tables'
  | 'corrections'
  | 'files'
  | 'preparedBy'
  | 'replaces'
  | 'reason'
  | 'publishedBy'
  | 'note'
> & { asOf: Date; preparedAt: Date; publishedAt: Date | null };

/**
 * One hash of the whole issue: SHA-256 over JSON with sorted keys of all that it says, its files by their own SHA-256.
 * A withdrawal, which comes later, is not in it.
 */
export function issueHash(issue: PublishedContent): Buffer {
  const { id, week, year, number, parameters, tables, corrections, files } = issue;
  const { preparedBy, replaces, reason, publishedBy, note } = issue;
  const said = {
    id,
    week,
    year,
    number,
    parameters,
    tables,
    corrections,
    files,
    preparedBy,
    replaces,
    reason,
    publishedBy,
    note,
    asOf: issue.asOf.toISOString(),
    preparedAt: issue.preparedAt.toISOString(),
    publishedAt: issue.publishedAt?.toISOString() ?? null,
  };
  return createHash('sha256').update(canonical(said)).digest();
}
