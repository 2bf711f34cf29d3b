import { dayOf, momentOf, nameOf } from '../plain-days.js';
import { BEGIN, type Gap, LAST_DAY, OFFICE_DAYS, type Step, type Walk } from './weekly-draw.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** What happened to one case or problem, before it has a place in its chain. */
export interface Happened {
  subject: string;
  kind: 'case' | 'problem';
  type: string;
  at: number;
  known: number;
  facts: Record<string, unknown>;
}

/** People and ids that a walk may name. */
export interface Cast {
  departments: ReadonlyArray<{ id: string; officials: readonly string[] }>;
  newId: () => string;
}

type State = 'reported' | 'assigned' | 'in_progress' | 'verifying' | 'on_hold' | 'resolved' | 'gone';

/** What may happen in a state, by the table of the lifecycle; what is there twice happens more often. */
const MAY: Record<State, ReadonlyArray<readonly [string, State]>> = {
  reported: [
    ['assigned', 'assigned'],
    ['assigned', 'assigned'],
    ['assigned', 'assigned'],
    ['claimed', 'in_progress'],
    ['rejected', 'gone'],
    ['terminated', 'gone'],
    ['corrected', 'reported'],
  ],
  assigned: [
    ['acknowledged', 'in_progress'],
    ['acknowledged', 'in_progress'],
    ['acknowledged', 'in_progress'],
    ['acknowledged', 'in_progress'],
    ['returned', 'reported'],
    ['reassigned', 'assigned'],
    ['resolved', 'resolved'],
    ['deadline_recomputed', 'assigned'],
    ['handed_over', 'assigned'],
    ['terminated', 'gone'],
    ['corrected', 'assigned'],
  ],
  in_progress: [
    ['closure_requested', 'verifying'],
    ['closure_requested', 'verifying'],
    ['closure_requested', 'verifying'],
    ['held', 'on_hold'],
    ['held', 'on_hold'],
    ['reassigned', 'assigned'],
    ['extension_approved', 'in_progress'],
    ['deadline_recomputed', 'in_progress'],
    ['handed_over', 'in_progress'],
    ['note_added', 'in_progress'],
    ['resolved', 'resolved'],
    ['terminated', 'gone'],
    ['corrected', 'in_progress'],
  ],
  verifying: [
    ['resolved', 'resolved'],
    ['resolved', 'resolved'],
    ['resolved', 'resolved'],
    ['sent_back', 'in_progress'],
    ['sent_back', 'in_progress'],
    ['handed_over', 'verifying'],
    ['terminated', 'gone'],
  ],
  on_hold: [
    ['resumed', 'in_progress'],
    ['resumed', 'in_progress'],
    ['resumed', 'in_progress'],
    ['handed_over', 'on_hold'],
    ['terminated', 'gone'],
    ['corrected', 'on_hold'],
  ],
  resolved: [
    ['rated', 'resolved'],
    ['rated', 'resolved'],
    ['reopened', 'assigned'],
  ],
  gone: [],
};

const RATINGS = ['very_satisfied', 'satisfied', 'fairly_satisfied', 'dissatisfied', 'very_dissatisfied'];
const DISTRESS = ['stalled', 'semi_stalled', 'reduced_output'];
/** Dates of a ledger that is taken in have no time, and are noons. */
const noonFrom = (at: number): number => {
  const noon = momentOf(dayOf(at), 12);
  return noon >= at ? noon : noon + DAY;
};
const iso = (at: number): string => new Date(at).toISOString();

/** Walks along the lifecycle, one step after the other. */
export class LedgerWalk {
  readonly happened: Happened[] = [];
  private state: State = 'reported';
  private at: number;
  private known: number;
  private assignmentId = '';
  private request: { id: string; at: number } | null = null;
  private department = 0;
  private official = '';
  private signBy = 0;
  private dueAt = 0;
  private returns = 0;

  constructor(
    private readonly subject: string,
    private readonly kind: 'case' | 'problem',
    private readonly cast: Cast,
    walk: Walk,
    report: Record<string, unknown>,
    notBefore = 0,
  ) {
    this.at = Math.max(BEGIN + walk.beginsAfterDays * DAY + walk.hour * HOUR, notBefore);
    this.known = this.at;
    this.add('reported', { ...report, assignBy: iso(OFFICE_DAYS.after(this.at, 2)) });
    for (const step of walk.steps) if (!this.take(step)) break;
  }

  private take(step: Step): boolean {
    const choices = MAY[this.state];
    const choice = choices[step.pick % Math.max(1, choices.length)];
    if (choice === undefined) return false;
    const [type, next] = choice;
    const isTakenIn = type === 'resolved' && this.state !== 'verifying';
    const at = isTakenIn ? noonFrom(this.timeOf(step)) : this.timeOf(step);
    if (dayOf(at) >= LAST_DAY) return false;
    const isPassedOver =
      (type === 'returned' && (at >= this.signBy || this.returns > 1)) ||
      (type === 'corrected' && this.kind === 'problem');
    if (isPassedOver) return true;
    this.at = at;
    this.known = Math.max(this.known, at + step.lateHours * HOUR);
    this.add(type, this.factsOf(type, step));
    this.state = next;
    return true;
  }

  private add(type: string, facts: Record<string, unknown>): void {
    const { subject, kind, at, known } = this;
    this.happened.push({ subject, kind, type, at, known, facts });
  }

  private timeOf({ gap, amount }: Step): number {
    const today = dayOf(this.at);
    const to = (moment: number): number => Math.max(this.at, moment);
    // At a deadline, a thousandth of a second before it, or after.
    const aside = (amount % 3) - 1;
    const times: Record<Gap, number> = {
      none: this.at,
      minutes: this.at + amount * 60_000,
      hours: this.at + amount * HOUR,
      days: this.at + amount * DAY,
      midnight: momentOf(today + Math.ceil(amount / 2), 0),
      'office end': to(momentOf(today, 18)),
      'sign-for': to(this.signBy + aside),
      due: to(this.dueAt + aside),
    };
    return times[gap];
  }

  private factsOf(type: string, step: Step): Record<string, unknown> {
    const { assignmentId } = this;
    switch (type) {
      case 'assigned':
      case 'claimed':
      case 'reassigned':
      case 'reopened':
        return this.assign(type, step);
      case 'returned':
        this.returns += 1;
        return { assignmentId, ground: 'not_our_remit', reason: '', assignBy: iso(this.at) };
      case 'closure_requested':
        this.request = { id: this.cast.newId(), at: this.at };
        return {
          assignmentId,
          closureRequestId: this.request.id,
          outcome: this.outcome(step),
          evidenceFileIds: [],
          verifyBy: iso(OFFICE_DAYS.after(this.at, 3)),
        };
      case 'resolved':
        return this.close(step);
      case 'held':
        return { assignmentId, ground: 'litigation', reviewOn: nameOf(dayOf(this.at) + 20), reason: null };
      case 'sent_back':
        return { ...this.due(step), closureRequestId: this.request?.id, reason: '' };
      case 'resumed':
        return { ...this.due(step), isByReviewDate: false, note: null };
      case 'extension_approved':
        return { ...this.due(step), extensionId: this.cast.newId() };
      case 'deadline_recomputed':
        return this.due(step);
      case 'handed_over':
        return this.handOver(step);
      case 'corrected':
        return step.choice % 4 === 0 ? { note: '更正' } : { distressType: DISTRESS[step.choice % 3] };
      case 'rated':
        return { rating: RATINGS[step.choice % RATINGS.length], source: 'call_back' };
      case 'terminated':
        return { ground: 'relocated', reason: null };
      case 'rejected':
        return { reason: '不予受理' };
      case 'note_added':
        return { text: '进展' };
      default:
        return { assignmentId, note: null };
    }
  }

  private assign(type: string, step: Step): Record<string, unknown> {
    const supersededAssignmentId = this.assignmentId;
    this.assignmentId = this.cast.newId();
    this.request = null;
    this.department = step.department;
    const { id, officials } = this.cast.departments[step.department] ?? { id: '', officials: [] };
    this.official = officials[step.official] ?? '';
    this.signBy = OFFICE_DAYS.after(this.at, 1);
    const keepsDue = type === 'reassigned' && step.choice % 2 === 0;
    if (!keepsDue) this.dueAt = OFFICE_DAYS.after(this.at, step.days);
    return {
      assignmentId: this.assignmentId,
      departmentId: id,
      officialId: this.official,
      dayZeroOn: nameOf(OFFICE_DAYS.dayZero(this.at)),
      acknowledgeBy: iso(this.signBy),
      dueAt: iso(this.dueAt),
      deadlineVersion: 1,
      complexity: null,
      ...(type === 'reassigned' && { supersededAssignmentId }),
      ...((type === 'reassigned' || type === 'reopened') && { reason: '另行交办' }),
    };
  }

  private due({ days, choice }: Step): Record<string, unknown> {
    // What was late stays so now and then.
    if (choice % 3 !== 0) this.dueAt = OFFICE_DAYS.after(this.at, days);
    return { assignmentId: this.assignmentId, dueAt: iso(this.dueAt), deadlineVersion: 2 };
  }

  /** One that was not asked for is of a ledger that was taken in. */
  private close(step: Step): Record<string, unknown> {
    const isAsked = this.state === 'verifying';
    const request = isAsked ? this.request : null;
    return {
      assignmentId: this.assignmentId,
      closureRequestId: request?.id ?? null,
      outcome: isAsked ? this.outcome(step) : 'unstated',
      requestedAt: request === null ? null : iso(request.at),
    };
  }

  private outcome({ choice }: Step): string {
    if (choice % 3 === 0) return 'explained';
    return this.kind === 'case' ? 'recovered' : 'solved';
  }

  private handOver({ official, choice }: Step): Record<string, unknown> {
    const fromOfficialId = this.official;
    const isOfCoHandler = choice % 4 === 0;
    const toOfficialId = this.cast.departments[this.department]?.officials[official] ?? '';
    if (!isOfCoHandler) this.official = toOfficialId;
    const coHandlerId = isOfCoHandler ? this.cast.newId() : null;
    return { assignmentId: this.assignmentId, coHandlerId, fromOfficialId, toOfficialId };
  }
}
