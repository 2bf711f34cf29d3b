import * as fc from 'fast-check';
import type { AccountActor } from '../../src/access/actor.js';
import type { SubjectRef } from '../../src/cases/subject.js';
import type { Found } from './lifecycle-invariants.js';
import type { Desk, LifecycleWorld } from './lifecycle-world.js';

export const MOVES = [
  'report_problem',
  'reject',
  'assign',
  'claim',
  'acknowledge',
  'return',
  'reassign',
  'request_closure',
  'approve_closure',
  'send_back',
  'hold',
  'resume',
  'reopen',
  'terminate',
  'ask_extension',
  'approve_extension',
  'refuse_extension',
] as const;
export type Move = (typeof MOVES)[number];

/** One step of a walk: mostly what the state suggests, by whom it suggests; else anything by anyone. */
export interface Step {
  target: number;
  isSensible: boolean;
  move: Move;
  asker: number;
  desk: number;
  /** Days from now of whatever date the move needs; in the past as well. */
  days: number;
  isWithCoHandler: boolean;
  choice: number;
}

export const step: fc.Arbitrary<Step> = fc.record({
  target: fc.nat(3),
  isSensible: fc.integer({ min: 1, max: 10 }).map((roll) => roll <= 7),
  move: fc.constantFrom(...MOVES),
  asker: fc.nat(99),
  desk: fc.nat(2),
  days: fc.integer({ min: -2, max: 34 }),
  isWithCoHandler: fc.boolean(),
  choice: fc.nat(99),
});

/** What each state suggests, the likelier the more often it is named. */
const SUGGESTED: Record<string, readonly Move[]> = {
  reported: repeated({ assign: 6, claim: 4, report_problem: 3, reject: 1, terminate: 1 }),
  assigned: repeated({
    acknowledge: 6,
    return: 4,
    reassign: 2,
    ask_extension: 3,
    approve_extension: 2,
    terminate: 1,
  }),
  in_progress: repeated({
    request_closure: 8,
    hold: 4,
    ask_extension: 6,
    approve_extension: 8,
    refuse_extension: 5,
    reassign: 2,
    report_problem: 2,
    terminate: 1,
  }),
  verifying: repeated({ approve_closure: 6, send_back: 4, terminate: 1 }),
  on_hold: repeated({ resume: 8, refuse_extension: 1, terminate: 1 }),
  resolved: ['reopen'],
};
/** What is suggested while an extension waits: in two of three cases to decide on it. */
const DECISIONS: readonly Move[] = ['approve_extension', 'refuse_extension', 'request_closure'];
const BY_LEAD: ReadonlySet<Move> = new Set(['acknowledge', 'return', 'request_closure', 'ask_extension']);

export interface Cast {
  taskForce: AccountActor;
  desks: Desk[];
  /** Everyone, the ones above as well. */
  everyone: AccountActor[];
}

function repeated(weights: Partial<Record<Move, number>>): Move[] {
  return MOVES.flatMap((move) => Array.from<Move>({ length: weights[move] ?? 0 }).fill(move));
}

/** Carries out a step on one of the subjects. @throws whatever the product refuses it with */
export async function take(
  world: LifecycleWorld,
  cast: Cast,
  given: Step,
  subjects: readonly Found[],
  today: Date,
): Promise<void> {
  const subject = subjects[given.target % subjects.length];
  if (subject === undefined) throw new Error('a walk without a subject');
  const { extensionId, isPending } = await extensionOf(world, subject.id);
  const suggested = isPending ? DECISIONS : (SUGGESTED[subject.status] ?? []);
  const isSensible = given.isSensible && suggested.length > 0;
  const move = isSensible ? (suggested[given.choice % suggested.length] ?? given.move) : given.move;
  const desk = cast.desks[given.desk] ?? cast.desks[0];
  const lead = cast.desks.find(({ departmentId }) => departmentId === subject.leadDepartmentId) ?? desk;
  if (desk === undefined || lead === undefined) throw new Error('nobody to work');
  const likely = move === 'claim' ? desk.actor : BY_LEAD.has(move) ? lead.actor : cast.taskForce;
  const actor = isSensible ? likely : (cast.everyone[given.asker % cast.everyone.length] ?? likely);
  const ref: SubjectRef = { kind: subject.kind === 'case' ? 'case' : 'problem', id: subject.id };
  const on = new Date(today.getTime() + given.days * 86_400_000).toISOString().slice(0, 10);
  const { departmentId, officialId } = desk;
  const helper = cast.desks.find((one) => one !== desk);
  const coHandlers = given.isWithCoHandler && helper ? [{ departmentId: helper.departmentId }] : [];
  const { work, closure, extensions } = world;
  switch (move) {
    case 'report_problem':
      await world.problem(actor, subject.caseId ?? subject.id);
      return;
    case 'assign':
      return work.assign.run(actor, ref, { departmentId, officialId, complexity: 'simple', coHandlers });
    case 'claim':
      return work.claim.run(actor, ref, { officialId });
    case 'acknowledge':
      return work.acknowledge.run(actor, ref, {});
    case 'return':
      return work.giveBack.run(actor, ref, { ground: 'other', reason: '不属于我局' });
    case 'reassign':
      return work.reassign.run(actor, ref, {
        departmentId,
        officialId,
        reason: '改派',
        ...(given.isWithCoHandler ? { dueOn: on } : {}),
      });
    case 'hold':
      return work.hold.run(actor, ref, { ground: 'litigation', reviewOn: on });
    case 'resume':
      return work.resume.run(actor, ref, {});
    case 'request_closure': {
      const evidenceFileIds = ref.kind === 'problem' ? [await world.evidence(ref)] : [];
      return closure.requestClosure.run(actor, ref, {
        outcome: 'explained',
        statement: '已解释',
        evidenceFileIds,
      });
    }
    case 'approve_closure':
      return closure.approveClosure.run(actor, ref, {});
    case 'send_back':
      return closure.sendBack.run(actor, ref, { reason: '证据不足' });
    case 'reopen':
      return closure.reopen.run(actor, ref, { reason: '反弹', departmentId, officialId, dueOn: on });
    case 'reject':
      return closure.reject.run(actor, ref, { reason: '不属实' });
    case 'terminate':
      return closure.terminate.run(actor, ref, { ground: 'merged' });
    case 'ask_extension':
      await extensions.request(actor, ref, { dueOn: on, reason: '等待批复' });
      return;
    case 'approve_extension':
      return extensions.approve(actor, extensionId, null);
    case 'refuse_extension':
      return extensions.refuse(actor, extensionId, '理由不足');
  }
}

/** The last one asked for on it; an id of none where none was. */
async function extensionOf(
  world: LifecycleWorld,
  id: string,
): Promise<{ extensionId: string; isPending: boolean }> {
  const [found] = await world.query<{ id: string; isPending: boolean }>(
    `SELECT x.id, x.decision IS NULL AS "isPending"
       FROM extensions x JOIN assignments a ON a.id = x.assignment_id
      WHERE $1 IN (a.case_id, a.problem_id) ORDER BY x.requested_at DESC LIMIT 1`,
    [id],
  );
  return { extensionId: found?.id ?? id, isPending: found?.isPending ?? false };
}
