import { Injectable } from '@nestjs/common';
import type { AccountActor } from '../../access/actor.js';
import { problemScope } from '../../access/scope.js';
import { Clock } from '../../platform/clock/clock.js';
import { notFound } from '../../platform/errors/refusal.js';
import { Where } from '../../platform/http/list-reader.js';
import { type NewestFirst, NewestFirstReader } from '../../platform/http/newest-first.js';
import type { Page, PageQuery } from '../../platform/http/paging.js';
import type { SubjectRef } from '../subject.js';
import { SubjectSight } from '../subject-sight.js';
import {
  INSTRUCTIONS,
  type InstructionRow,
  NOTES,
  type NoteRow,
  noteView,
  PLANS,
  type PlanRow,
  planView,
  instructionView,
  visits,
  type VisitRow,
  visitView,
} from './entry-lists.js';
import type { InstructionView, NoteView, PlanView, VisitView } from './entry-views.js';

/** One of the lists of the case file, and how its rows are shown. */
interface Entries<Row, View> {
  list: Omit<NewestFirst<Row>, 'name'>;
  name: string;
  where: Where;
  view: (row: Row) => View;
}

/** The entries of a case file, newest first; whoever may see the case or problem may read them. */
@Injectable()
export class CaseFileReader {
  constructor(
    private readonly sight: SubjectSight,
    private readonly lists: NewestFirstReader,
    private readonly clock: Clock,
  ) {}

  plans(actor: AccountActor, caseId: string, query: PageQuery): Promise<Page<PlanView>> {
    const where = new Where().add(caseId, (id) => `e.case_id = ${id}`);
    return this.page<PlanRow, PlanView>(actor, { kind: 'case', id: caseId }, query, {
      list: PLANS,
      name: 'plans',
      where,
      view: planView,
    });
  }

  /** The plan in force. @throws Refusal 404 also where there is none yet */
  async plan(actor: AccountActor, caseId: string): Promise<PlanView> {
    const { items } = await this.plans(actor, caseId, { limit: 1 });
    if (items[0] === undefined) throw notFound('plan', caseId);
    return items[0];
  }

  notes(actor: AccountActor, ref: SubjectRef, query: PageQuery): Promise<Page<NoteView>> {
    const where = new Where()
      .add(ref.id, (id) => `e.subject_id = ${id}`)
      .add('note_added', (type) => `e.type = ${type}`);
    return this.page<NoteRow, NoteView>(actor, ref, query, {
      list: NOTES,
      name: 'notes',
      where,
      view: noteView,
    });
  }

  visits(actor: AccountActor, caseId: string, query: PageQuery): Promise<Page<VisitView>> {
    const where = new Where().add(caseId, (id) => `e.case_id = ${id}`);
    const scope = problemScope(actor, 'p', where.parameters.length + 1);
    where.parameters.push(...scope.parameters);
    return this.page<VisitRow, VisitView>(actor, { kind: 'case', id: caseId }, query, {
      list: visits(scope.sql),
      name: 'visits',
      where,
      view: visitView,
    });
  }

  instructions(actor: AccountActor, caseId: string, query: PageQuery): Promise<Page<InstructionView>> {
    const now = this.clock.now();
    const where = new Where().add(caseId, (id) => `e.case_id = ${id}`);
    return this.page<InstructionRow, InstructionView>(actor, { kind: 'case', id: caseId }, query, {
      list: INSTRUCTIONS,
      name: 'instructions',
      where,
      view: (row) => instructionView(row, now),
    });
  }

  /** Cursors are good for the list of this case or problem alone. */
  private async page<Row, View>(
    actor: AccountActor,
    ref: SubjectRef,
    query: PageQuery,
    { list, name, where, view }: Entries<Row, View>,
  ): Promise<Page<View>> {
    await this.sight.require(actor, ref);
    return this.lists.page<Row, View>({ ...list, name: `${name}:${ref.id}` }, where, query, view);
  }
}
