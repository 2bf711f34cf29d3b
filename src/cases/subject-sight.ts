import { Injectable } from '@nestjs/common';
import type { Caller } from '../access/actor.js';
import { caseScope, problemScope } from '../access/scope.js';
import { Reader } from '../platform/database/reader.js';
import { notFound } from '../platform/errors/refusal.js';
import { SUBJECT_TABLES, type SubjectRef } from './subject.js';

/** Whether somebody may see a case or problem, before anything that hangs on it is read. */
@Injectable()
export class SubjectSight {
  constructor(private readonly reader: Reader) {}

  /** @throws Refusal 404 NOT_FOUND when it is absent or out of scope */
  async require(actor: Caller, { kind, id }: SubjectRef): Promise<void> {
    const scope = (kind === 'case' ? caseScope : problemScope)(actor, 's', 2);
    const [seen] = await this.reader.query(
      `SELECT 1 FROM ${SUBJECT_TABLES[kind]} s WHERE s.id = $1 AND ${scope.sql}`,
      [id, ...scope.parameters],
    );
    if (seen === undefined) throw notFound(kind, id);
  }
}
