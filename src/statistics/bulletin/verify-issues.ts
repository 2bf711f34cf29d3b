import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Reader } from '../../platform/database/reader.js';
import { FileStore } from '../../platform/files/file-store.js';
import type { IssueFile } from './issue-content.js';
import type { BulletinIssue } from './issue.entity.js';
import { issueHash } from './issue-hash.js';
import { Issues } from './issues.repository.js';

/** What is not as it was published. */
export interface IssueFault {
  issueId: string;
  year: number;
  number: number;
  /**
   * `content`: what it says has another hash; `trail`: it was recorded with another hash, or not at all; `file`: one
   * of its files is gone or another one; `number`: the number before it is missing.
   */
  kind: 'content' | 'trail' | 'file' | 'number';
  /** Name of the file. */
  file?: string;
}

interface Published {
  id: string;
  before: number | null;
  recorded: string | null;
}

/** Every issue that was ever published, each with the number before it and with the hash that the trail has. */
const PUBLISHED = `
SELECT i.id, lag(i.number) OVER (PARTITION BY i.year ORDER BY i.number) AS before,
       (SELECT e.payload->>'hash' FROM audit_events e
         WHERE e.subject_id = i.id AND e.type = 'issue_published' ORDER BY e.sequence LIMIT 1) AS recorded
  FROM bulletin_issues i WHERE i.published_at IS NOT NULL ORDER BY i.year, i.number`;

/** Computes all hashes of published issues anew, from what is stored and from the files. */
@Injectable()
export class VerifyIssues {
  constructor(
    private readonly reader: Reader,
    private readonly issues: Issues,
    private readonly files: FileStore,
  ) {}

  async run(): Promise<{ issues: number; files: number; faults: IssueFault[] }> {
    const published = await this.reader.query<Published>(PUBLISHED);
    const faults: IssueFault[] = [];
    let files = 0;
    for (const one of published) {
      const issue = await this.issues.get(one.id);
      files += issue.files.length;
      faults.push(...(await this.faultsOf(issue, one)));
    }
    return { issues: published.length, files, faults };
  }

  private async faultsOf(issue: BulletinIssue, { before, recorded }: Published): Promise<IssueFault[]> {
    const { id: issueId, year, number, hash } = issue;
    const of = { issueId, year, number };
    const faults: IssueFault[] = [];
    if (hash === null || !issueHash(issue).equals(hash)) faults.push({ ...of, kind: 'content' });
    if (recorded !== hash?.toString('hex')) faults.push({ ...of, kind: 'trail' });
    if (number !== (before ?? 0) + 1) faults.push({ ...of, kind: 'number' });
    for (const file of issue.files)
      if (!(await this.isAsIssued(file))) faults.push({ ...of, kind: 'file', file: file.name });
    return faults;
  }

  private async isAsIssued({ sha256 }: IssueFile): Promise<boolean> {
    const hash = createHash('sha256');
    try {
      for await (const chunk of await this.files.open(sha256)) hash.update(chunk as Buffer);
    } catch {
      return false;
    }
    return hash.digest('hex') === sha256;
  }
}
