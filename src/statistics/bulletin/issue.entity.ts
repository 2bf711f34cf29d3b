import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { Correction } from './corrections.js';
import type { IssuedTable, IssueFile, IssueParameters, IssueState } from './issue-content.js';

/**
 * An issue of the weekly bulletin. A prepared one may give way to what is published from it, under the same id; what
 * is published is never changed but to say that it was withdrawn: rights and a trigger see to it.
 */
@Entity('bulletin_issues')
@Check('bulletin_issues_state_check', `"state" IN ('prepared', 'published', 'withdrawn')`)
@Check(
  'bulletin_issues_published_check',
  `num_nonnulls("published_at", "published_by", "hash") IN (0, 3) AND ("state" <> 'published' OR "published_at" IS NOT NULL) AND ("state" <> 'prepared' OR "published_at" IS NULL)`,
)
@Check(
  'bulletin_issues_withdrawn_check',
  `num_nonnulls("withdrawn_at", "withdrawn_by", "withdrawal_reason") = CASE "state" WHEN 'withdrawn' THEN 3 ELSE 0 END`,
)
@Check('bulletin_issues_replaces_check', `("replaces" IS NULL) = ("reason" IS NULL)`)
@Index('bulletin_issues_week_key', ['week'], { unique: true, where: `"state" <> 'withdrawn'` })
@Index('bulletin_issues_number_key', ['year', 'number'], {
  unique: true,
  where: '"published_at" IS NOT NULL',
})
@Index('bulletin_issues_scheduled_key', ['week'], { unique: true, where: '"prepared_by" IS NULL' })
@Index('bulletin_issues_published_idx', ['publishedAt'], { where: '"published_at" IS NOT NULL' })
export class BulletinIssue {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('text')
  week!: string;

  @Column('int')
  year!: number;

  /** Within the year. Of one that was never published: the one it would have had. */
  @Column('int')
  number!: number;

  @Column('text')
  state!: IssueState;

  @Column('timestamptz')
  asOf!: Date;

  /** `json`, as the other parts are: members keep their order, in which files are written. */
  @Column('json')
  parameters!: IssueParameters;

  @Column('json')
  tables!: IssuedTable[];

  @Column('json')
  corrections!: Correction[];

  @Column('json')
  files!: IssueFile[];

  @Column('timestamptz')
  preparedAt!: Date;

  /** `null`: the schedule. */
  @Column('uuid', { nullable: true })
  preparedBy!: string | null;

  /** The withdrawn issue in whose place it stands, and why. */
  @Column('uuid', { nullable: true })
  replaces!: string | null;

  @Column('text', { nullable: true })
  reason!: string | null;

  @Column('timestamptz', { nullable: true })
  publishedAt!: Date | null;

  /** The account that approved it. */
  @Column('uuid', { nullable: true })
  publishedBy!: string | null;

  @Column('text', { nullable: true })
  note!: string | null;

  /** SHA-256; see `issueHash`. */
  @Column('bytea', { nullable: true })
  hash!: Buffer | null;

  @Column('timestamptz', { nullable: true })
  withdrawnAt!: Date | null;

  @Column('uuid', { nullable: true })
  withdrawnBy!: string | null;

  @Column('text', { nullable: true })
  withdrawalReason!: string | null;
}
