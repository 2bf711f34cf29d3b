import { Injectable } from '@nestjs/common';
import type { Readable } from 'node:stream';
import type { AccountActor } from '../access/actor.js';
import { caseScope, problemScope } from '../access/scope.js';
import { Reader } from '../platform/database/reader.js';
import { camelRow } from '../platform/database/rows.js';
import { notFound } from '../platform/errors/refusal.js';
import { FileStore } from '../platform/files/file-store.js';
import type { CaseFile } from './case-file.entity.js';
import { type SubjectRef, SUBJECT_TABLES } from './subject.js';

/** Files as their readers see them: a file is in scope where its case or problem is. */
@Injectable()
export class FilesRepository {
  constructor(
    private readonly reader: Reader,
    private readonly store: FileStore,
  ) {}

  /** @throws Refusal 404 when the case or problem is absent or out of scope */
  async list(actor: AccountActor, ref: SubjectRef): Promise<CaseFile[]> {
    const scope = (ref.kind === 'case' ? caseScope : problemScope)(actor, 's', 2);
    const [seen] = await this.reader.query(
      `SELECT 1 FROM ${SUBJECT_TABLES[ref.kind]} s WHERE s.id = $1 AND ${scope.sql}`,
      [ref.id, ...scope.parameters],
    );
    if (seen === undefined) throw notFound(ref.kind, ref.id);
    const rows = await this.reader.query<Record<string, unknown>>(
      `SELECT * FROM case_files WHERE ${ref.kind}_id = $1 ORDER BY id`,
      [ref.id],
    );
    return rows.map((row) => camelRow<CaseFile>(row));
  }

  /** @throws Refusal 404 */
  async open(actor: AccountActor, id: string): Promise<{ file: CaseFile; content: Readable }> {
    const ofCase = caseScope(actor, 'c', 2);
    const ofProblem = problemScope(actor, 'p', 2);
    const [row] = await this.reader.query<Record<string, unknown>>(
      `SELECT f.* FROM case_files f
        WHERE f.id = $1
          AND (EXISTS (SELECT 1 FROM cases c WHERE c.id = f.case_id AND ${ofCase.sql})
            OR EXISTS (SELECT 1 FROM problems p WHERE p.id = f.problem_id AND ${ofProblem.sql}))`,
      [id, ...ofCase.parameters],
    );
    if (row === undefined) throw notFound('file', id);
    const file = camelRow<CaseFile>(row);
    return { file, content: this.store.open(file.sha256) };
  }
}
