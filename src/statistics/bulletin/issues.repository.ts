import { Injectable } from '@nestjs/common';
import { Reader } from '../../platform/database/reader.js';
import type { Transaction } from '../../platform/database/transactions.js';
import { notFound, Refusal } from '../../platform/errors/refusal.js';
import type { Correction } from './corrections.js';
import type { IssuedTable, IssueState } from './issue-content.js';
import type { BulletinIssue } from './issue.entity.js';

/** Whoever prepares, publishes or withdraws waits for whoever does, so that numbers have no gaps. */
const ISSUES_LOCK = 7_264_040;

export const ISSUE_COLUMNS = `i.id, i.week, i.year, i.number, i.state, i.as_of AS "asOf", i.parameters, i.tables,
  i.corrections, i.files, i.prepared_at AS "preparedAt", i.prepared_by AS "preparedBy", i.replaces, i.reason,
  i.published_at AS "publishedAt", i.published_by AS "publishedBy", i.note, i.hash,
  i.withdrawn_at AS "withdrawnAt", i.withdrawn_by AS "withdrawnBy", i.withdrawal_reason AS "withdrawalReason"`;

const INSERT = `
INSERT INTO bulletin_issues (id, week, year, number, state, as_of, parameters, tables, corrections, files, prepared_at,
                             prepared_by, replaces, reason, published_at, published_by, note, hash)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)`;

/** What came of a week so far, in whatever state. */
export interface WeekIssue {
  id: string;
  number: number;
  state: IssueState;
  wasPublished: boolean;
}

/** A published issue of an earlier week, with the figures that it stated. */
export interface StatedIssue {
  week: string;
  number: number;
  tables: IssuedTable[];
  /** What published issues after it have corrected, in their order. */
  corrections: Correction[];
}

type Query = <Row>(sql: string, parameters?: readonly unknown[]) => Promise<Row[]>;

/** Issues of the bulletin as they are stored. */
@Injectable()
export class Issues {
  constructor(private readonly reader: Reader) {}

  /** Until the end of the transaction nobody else prepares, publishes or withdraws. */
  async lock(tx: Transaction): Promise<void> {
    await tx.query('SELECT pg_advisory_xact_lock($1)', [ISSUES_LOCK]);
  }

  /** @throws Refusal 404 NOT_FOUND */
  async get(id: string): Promise<BulletinIssue> {
    const [issue] = await this.reader.query<BulletinIssue>(
      `SELECT ${ISSUE_COLUMNS} FROM bulletin_issues i WHERE i.id = $1`,
      [id],
    );
    if (issue === undefined) throw notFound('bulletin_issue', id);
    return issue;
  }

  async prepared(week: string): Promise<BulletinIssue | null> {
    const [issue] = await this.reader.query<BulletinIssue>(
      `SELECT ${ISSUE_COLUMNS} FROM bulletin_issues i WHERE i.week = $1 AND i.state = 'prepared'`,
      [week],
    );
    return issue ?? null;
  }

  /** Every issue of a week, the newest first. */
  ofWeek(week: string, tx?: Transaction): Promise<WeekIssue[]> {
    return this.queryOf(tx)(
      `SELECT id, number, state, published_at IS NOT NULL AS "wasPublished" FROM bulletin_issues
        WHERE week = $1 ORDER BY coalesce(published_at, prepared_at) DESC`,
      [week],
    );
  }

  /** The number after the last one of the year that was published. */
  async nextNumber(year: number, tx?: Transaction): Promise<number> {
    const [row] = await this.queryOf(tx)<{ number: number }>(
      `SELECT coalesce(max(number), 0)::int + 1 AS number FROM bulletin_issues
        WHERE year = $1 AND published_at IS NOT NULL`,
      [year],
    );
    if (row === undefined) throw new Error('an aggregate answered nothing');
    return row.number;
  }

  /** Whether anything was published or withdrawn since, so that a number or a correction may be another one. */
  async haveChangedSince(moment: Date): Promise<boolean> {
    const [row] = await this.reader.query<{ hasChanged: boolean }>(
      `SELECT EXISTS (SELECT FROM bulletin_issues
                       WHERE published_at IS NOT NULL AND (published_at >= $1 OR withdrawn_at >= $1)) AS "hasChanged"`,
      [moment],
    );
    return row?.hasChanged === true;
  }

  /** How often anything was published or withdrawn: what is last stated of old weeks changes with it alone. */
  async statements(tx?: Transaction): Promise<number> {
    const [row] = await this.queryOf(tx)<{ count: number }>(
      `SELECT (count(*) + count(withdrawn_at))::int AS count FROM bulletin_issues WHERE published_at IS NOT NULL`,
    );
    return row?.count ?? 0;
  }

  /** Weeks from `from` on and before `before` that stand published, the earliest first. */
  async publishedWeeks(from: string, before: string): Promise<string[]> {
    const rows = await this.reader.query<{ week: string }>(
      `SELECT week FROM bulletin_issues WHERE state = 'published' AND week >= $1 AND week < $2 ORDER BY week`,
      [from, before],
    );
    return rows.map(({ week }) => week);
  }

  async stated(week: string): Promise<StatedIssue | null> {
    const [issue] = await this.reader.query<StatedIssue>(
      `SELECT i.week, i.number, i.tables,
              coalesce((SELECT json_agg(c.value ORDER BY later.published_at, c.place)
                          FROM bulletin_issues later
                         CROSS JOIN LATERAL json_array_elements(later.corrections) WITH ORDINALITY c(value, place)
                         WHERE later.state = 'published' AND later.published_at >= i.published_at AND later.id <> i.id
                           AND c.value->>'week' = i.week), '[]') AS corrections
         FROM bulletin_issues i WHERE i.week = $1 AND i.state = 'published'`,
      [week],
    );
    return issue ?? null;
  }

  async insert(tx: Transaction, issue: Omit<BulletinIssue, keyof typeof NOT_WITHDRAWN>): Promise<void> {
    await tx.query(INSERT, [
      issue.id,
      issue.week,
      issue.year,
      issue.number,
      issue.state,
      issue.asOf,
      JSON.stringify(issue.parameters),
      JSON.stringify(issue.tables),
      JSON.stringify(issue.corrections),
      JSON.stringify(issue.files),
      issue.preparedAt,
      issue.preparedBy,
      issue.replaces,
      issue.reason,
      issue.publishedAt,
      issue.publishedBy,
      issue.note,
      issue.hash,
    ]);
  }

  /** Makes room for what is published of it. */
  async removePrepared(tx: Transaction, id: string): Promise<void> {
    await tx.query(`DELETE FROM bulletin_issues WHERE id = $1`, [id]);
  }

  /** @throws Refusal 404 NOT_FOUND, 409 ISSUE_WITHDRAWN */
  async toWithdraw(
    tx: Transaction,
    id: string,
  ): Promise<Pick<BulletinIssue, 'week' | 'year' | 'number' | 'state' | 'publishedAt'>> {
    const [issue] = await tx.query<BulletinIssue>(
      `SELECT week, year, number, state, published_at AS "publishedAt" FROM bulletin_issues WHERE id = $1`,
      [id],
    );
    if (issue === undefined) throw notFound('bulletin_issue', id);
    if (issue.state === 'withdrawn') throw new Refusal(409, 'ISSUE_WITHDRAWN', { number: issue.number });
    return issue;
  }

  async withdraw(tx: Transaction, id: string, by: string, reason: string, now: Date): Promise<void> {
    await tx.query(
      `UPDATE bulletin_issues SET state = 'withdrawn', withdrawn_at = $2, withdrawn_by = $3, withdrawal_reason = $4
        WHERE id = $1`,
      [id, now, by, reason],
    );
  }

  private queryOf(tx: Transaction | undefined): Query {
    return tx === undefined
      ? (sql, parameters) => this.reader.query(sql, parameters)
      : (sql, parameters) => tx.query(sql, parameters);
  }
}

/** What is said of a withdrawal, which only what stands can have. */
export const NOT_WITHDRAWN = { withdrawnAt: null, withdrawnBy: null, withdrawalReason: null } as const;
