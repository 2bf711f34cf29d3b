import { Injectable } from '@nestjs/common';
import type { Actor } from '../../access/actor.js';
import { caseScope, isWhole, problemScope } from '../../access/scope.js';
import type { SubjectKind } from '../../cases/lifecycle/states.js';
import { SUBJECT_TABLES } from '../../cases/subject.js';
import { Reader } from '../../platform/database/reader.js';

const SCOPES = { case: caseScope, problem: problemScope } as const;

/** Lists that name enterprises hold only what their reader may see, though the tables count all. */
@Injectable()
export class InSight {
  constructor(private readonly reader: Reader) {}

  isEverything(actor: Actor): boolean {
    return isWhole(caseScope(actor, 's', 1)) && isWhole(problemScope(actor, 's', 1));
  }

  /** Of each batch what the reader may see, in its order. */
  async *of<Entry extends { subjectId: string }>(
    actor: Actor,
    subject: SubjectKind,
    batches: AsyncIterable<Entry[]>,
  ): AsyncGenerator<Entry[]> {
    const scope = SCOPES[subject](actor, 's', 2);
    for await (const batch of batches) {
      const ids = batch.map(({ subjectId }) => subjectId);
      const seen = await this.reader.prepared<{ id: string }>(
        `SELECT s.id FROM ${SUBJECT_TABLES[subject]} s WHERE s.id = ANY ($1::uuid[]) AND ${scope.sql}`,
        [ids, ...scope.parameters],
      );
      const visible = new Set(seen.map(({ id }) => id));
      yield batch.filter(({ subjectId }) => visible.has(subjectId));
    }
  }
}
