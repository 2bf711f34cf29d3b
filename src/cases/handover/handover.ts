import { Injectable } from '@nestjs/common';
import type { AccountActor } from '../../access/actor.js';
import { OfficeTime } from '../../calendar/office-time.js';
import { CalendarService } from '../../calendar/calendar.service.js';
import type { WorkingCalendar } from '../../calendar/working-calendar.js';
import { moveToOfficial } from '../../enterprises/move-pairing.js';
import { Clock } from '../../platform/clock/clock.js';
import { type Transaction, Transactions } from '../../platform/database/transactions.js';
import { notFound, Refusal } from '../../platform/errors/refusal.js';
import { CaseChanges, type HandedOver } from '../case-changes.js';
import { type Effect, type OpenSubject, SubjectDesk } from '../subject-desk.js';
import type { SubjectRef } from '../subject.js';
import { checkSuccessors, type Person } from './check-successors.js';
import { handOnPlan } from './hand-on-plan.js';
import { countKinds, type Holding, holdingsOf, standInsOf } from './holding.js';
import type { HandoverView } from './handover.dto.js';
import { type Move, type Share, shareOut, type Successor } from './share-out.js';

export interface HandoverRequest {
  to: Successor[];
  /** Say what would be done, and do nothing. */
  preview?: boolean;
}

/** 移交: everything that an official answers for goes to others, in one transaction. */
@Injectable()
export class Handover {
  constructor(
    private readonly transactions: Transactions,
    private readonly desk: SubjectDesk,
    private readonly changes: CaseChanges,
    private readonly calendars: CalendarService,
    private readonly clock: Clock,
    private readonly office: OfficeTime,
  ) {}

  /** @throws Refusal 404, 400 HANDOVER_INVALID, 409 HANDOVER_INCOMPLETE or CONFLICT_CONCURRENT */
  async run(
    actor: AccountActor,
    officialId: string,
    { to, preview }: HandoverRequest,
  ): Promise<HandoverView> {
    const isPreview = preview === true;
    const calendar = await this.calendars.current();
    return this.transactions.run(async (tx) => {
      if (!isPreview) await this.changes.prepareHandover(tx);
      const locked = isPreview ? null : await lockSubjects(tx, await holdingsOf(tx, officialId));
      const people = await lockPeople(tx, [officialId, ...to.map((successor) => successor.officialId)]);
      const leaving = people.get(officialId);
      if (leaving === undefined) throw notFound('official', officialId);
      const holdings = await holdingsOf(tx, officialId);
      // Given to the official between the two looks: its case is not locked, and locking it now could lock for ever.
      if (locked !== null && holdings.some((holding) => !isIn(locked, holding)))
        throw new Refusal(409, 'CONFLICT_CONCURRENT');
      const share = shareOut(holdings, to);
      checkSuccessors(leaving, to, people, share);
      const isDone = !isPreview && share.left.length === 0;
      if (isDone) await this.move(tx, actor, officialId, share, calendar);
      const { moved, left } = await this.changes.announceHandover(tx, handedOver(officialId, share, !isDone));
      if (share.left.length > 0 || left > 0)
        throw new Refusal(409, 'HANDOVER_INCOMPLETE', { ...countKinds(share.left), deliveries: left });
      const standsInFor = await standInsOf(tx, officialId, this.office.dateOf(this.clock.now()));
      return { ...viewOf(officialId, isPreview, share, moved), standsInFor };
    });
  }

  private async move(
    tx: Transaction,
    actor: AccountActor,
    officialId: string,
    { moves }: Share,
    calendar: WorkingCalendar,
  ): Promise<void> {
    const today = this.office.dateOf(this.clock.now());
    for (const move of moves) {
      if (move.holding.kind === 'pairing')
        await moveToOfficial(tx, move.holding.id, move.toOfficialId, today);
      else {
        const request = { actor, ref: refOf(move.holding), action: 'hand_over' };
        await this.desk.noteIn(tx, calendar, request, (open) =>
          move.holding.kind === 'plan'
            ? handOnPlan(open, move.holding.id, officialId, move.toOfficialId)
            : handOn(open, officialId, move),
        );
      }
    }
  }
}

/** Whoever answers changes; deadlines, versions and clocks stay. The event keeps who it was. */
async function handOn(
  { tx, subject }: OpenSubject,
  fromOfficialId: string,
  { holding, toOfficialId }: Move,
): Promise<Effect> {
  const { assignment } = subject;
  if (assignment === null || assignment.id !== holding.assignmentId)
    throw new Refusal(409, 'CONFLICT_CONCURRENT');
  const parties = { assignmentId: assignment.id, fromOfficialId, toOfficialId };
  if (holding.kind === 'co_handling') {
    await tx.query('UPDATE co_handlers SET official_id = $2 WHERE id = $1', [holding.id, toOfficialId]);
    return { event: { type: 'handed_over', payload: { ...parties, coHandlerId: holding.id } } };
  }
  await tx.query('UPDATE assignments SET official_id = $2 WHERE id = $1', [assignment.id, toOfficialId]);
  return {
    event: { type: 'handed_over', payload: { ...parties, coHandlerId: null } },
    patch: { officialId: toOfficialId },
    assignment: { ...assignment, officialId: toOfficialId },
  };
}

const refOf = ({ problemId, caseId }: Holding): SubjectRef =>
  problemId === null ? { kind: 'case', id: caseId ?? '' } : { kind: 'problem', id: problemId };

/** In the one order of locks: cases, problems, then officials. @returns ids of what is locked */
async function lockSubjects(tx: Transaction, holdings: readonly Holding[]): Promise<Set<string>> {
  const caseIds = holdings.flatMap(({ caseId }) => caseId ?? []);
  const problemIds = holdings.flatMap(({ problemId }) => problemId ?? []);
  await tx.query('SELECT 1 FROM cases WHERE id = ANY ($1::uuid[]) ORDER BY id FOR UPDATE', [caseIds]);
  await tx.query('SELECT 1 FROM problems WHERE id = ANY ($1::uuid[]) ORDER BY id FOR UPDATE', [problemIds]);
  return new Set([...caseIds, ...problemIds]);
}

const isIn = (locked: ReadonlySet<string>, { problemId, caseId }: Holding): boolean => {
  const id = problemId ?? caseId;
  return id === null || locked.has(id);
};

/** Whoever assigns to one of them, or deactivates one, waits: a handover is complete, and to people who are there. */
async function lockPeople(tx: Transaction, ids: readonly string[]): Promise<Map<string, Person>> {
  const people = await tx.query<Person>(
    `SELECT id, department_id AS "departmentId", duty, is_active AS "isActive" FROM officials
      WHERE id = ANY ($1::uuid[]) ORDER BY id FOR UPDATE`,
    [ids],
  );
  return new Map(people.map((person) => [person.id, person]));
}

function handedOver(
  fromOfficialId: string,
  { moves, restOfficialId }: Share,
  isPreview: boolean,
): HandedOver {
  const to = (
    kinds: ReadonlyArray<Holding['kind']>,
    keyOf = ({ id }: Holding): string | null => id,
  ): Map<string, string> =>
    new Map(
      moves.flatMap(({ holding, toOfficialId }) => {
        const key = kinds.includes(holding.kind) ? keyOf(holding) : null;
        return key === null ? [] : [[key, toOfficialId] as const];
      }),
    );
  return {
    fromOfficialId,
    isPreview,
    restOfficialId,
    byAssignment: to(['case', 'problem']),
    byCoHandler: to(['co_handling']),
    byPaired: to(['pairing'], ({ enterpriseId, projectId }) => enterpriseId ?? projectId),
  };
}

function viewOf(
  officialId: string,
  preview: boolean,
  { moves }: Share,
  deliveries: number,
): Omit<HandoverView, 'standsInFor'> {
  return {
    officialId,
    preview,
    items: moves.map(({ holding, toOfficialId }) => {
      const { assignmentId: _assignment, isLeaderPairing: _leader, ...item } = holding;
      return { ...item, toOfficialId };
    }),
    counts: { ...countKinds(moves.map(({ holding }) => holding)), deliveries },
  };
}
