import type { IssueFile } from './issue-content.js';

/** Where a file of an issue is fetched, from the root of the product. */
export function pathOf(issueId: string, { format, subject, by }: IssueFile): string {
  const cut =
    subject === undefined || by === undefined ? '' : `?${new URLSearchParams({ subject, by }).toString()}`;
  return `/api/v1/statistics/issues/${issueId}/files/${format}${cut}`;
}
