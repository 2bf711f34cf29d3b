import { Injectable } from '@nestjs/common';
import type { Readable } from 'node:stream';
import type { AccountActor } from '../access/actor.js';
import { caseScope, problemScope } from '../access/scope.js';
import { Reader } from '../platform/database/reader.js';
import { camelRow } from '../platform/database/rows.js';
import { notFound } from '../platform/errors/refusal.js';
import { FileStore } from '../platform/files/file-store.js';
import { Where } from '../platform/http/list-reader.js';
import { type NewestFirst, NewestFirstReader } from '../platform/http/newest-first.js';
import type { Page, PageQuery } from '../platform/http/paging.js';
import type { CaseFile } from './case-file.entity.js';
import type { FileView } from './file-views.js';
import { SubjectSight } from './subject-sight.js';
import type { SubjectRef } from './subject.js';

const FILES: Omit<NewestFirst<FileView>, 'name'> = {
  select: `f.id, f.name, f.size, f.sha256, f.kind, f.source, f.media_type AS "mediaType", f.uploaded_at AS "uploadedAt"`,
  from: 'case_files f',
  keys: [['f.id', 'uuid']],
  positionOf: (row) => [row.id],
};

/** Files as their readers see them: a file is in scope where its case or problem is. */
@Injectable()
export class FilesRepository {
  constructor(
    private readonly reader: Reader,
    private readonly lists: NewestFirstReader,
    private readonly sight: SubjectSight,
    private readonly store: FileStore,
  ) {}

  /** @throws Refusal 404 when the case or problem is absent or out of scope */
  async list(actor: AccountActor, ref: SubjectRef, query: PageQuery): Promise<Page<FileView>> {
    await this.sight.require(actor, ref);
    return this.lists.page<FileView, FileView>(
      { ...FILES, name: `files:${ref.id}` },
      new Where().add(ref.id, (id) => `f.${ref.kind}_id = ${id}`),
      query,
      (row) => row,
    );
  }

  /** @throws Refusal 404, 503 FILE_STORE_AWAY */
  async find(actor: AccountActor, id: string): Promise<CaseFile> {
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
    return camelRow<CaseFile>(row);
  }

  /** To be read at once: a store that breaks off does not wait. */
  open({ sha256 }: CaseFile): Promise<Readable> {
    return this.store.open(sha256);
  }
}
