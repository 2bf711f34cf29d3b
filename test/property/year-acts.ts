import type { PlainClocks, PlainState, PlainSubject } from './plain-clocks.js';
import { dayOf, nameOf } from './plain-days.js';
import type { YearPlay } from './year-play.js';
import { HANDLING_DEPARTMENTS } from './year-start.js';
import { pick, type Step } from './year-steps.js';

/** The same said twice: to the product, and to the year of the page. */
export interface Act {
  what: string;
  work: () => Promise<unknown>;
  said: (clocks: PlainClocks) => void;
}

/** What each state suggests, the likelier the higher. */
const SUGGESTED: Record<PlainState, Partial<Record<keyof typeof ACTS, number>>> = {
  reported: { assign: 10, assignByDate: 5, claim: 5, reject: 1, terminate: 1 },
  assigned: { acknowledge: 10, giveBack: 5, reassign: 2, reassignByDate: 1, askExtension: 2, terminate: 1 },
  in_progress: {
    requestClosure: 8,
    hold: 6,
    askExtension: 5,
    approveExtension: 5,
    refuseExtension: 1,
    reassign: 3,
    reassignByDate: 1,
    terminate: 1,
  },
  verifying: { approve: 4, sendBack: 6, terminate: 1 },
  on_hold: { resume: 8, terminate: 1 },
  resolved: { reopen: 1 },
  gone: {},
};

/** One act that its state suggests; `null` where there is nothing to be done. */
export function actOn(play: YearPlay, subject: PlainSubject, step: Step): Act | null {
  const names = Object.entries(SUGGESTED[subject.state]).flatMap(([name, weight]) =>
    Array.from<keyof typeof ACTS>({ length: weight }).fill(name as keyof typeof ACTS),
  );
  const chosen = pick(names, step.choice);
  return chosen === undefined ? null : ACTS[chosen](new Acting(play, subject, step));
}

/** What acts on one case or problem need. */
class Acting {
  readonly at: number;
  readonly name: string;
  /** A date to come. */
  readonly due: number;
  readonly department: string;
  readonly official: string;
  readonly coHandlers: ReturnType<typeof coHandlersOf>;

  constructor(
    readonly play: YearPlay,
    readonly subject: PlainSubject,
    readonly step: Step,
  ) {
    const { choice, days, target } = step;
    this.at = play.at;
    this.name = subject.name;
    this.due = play.today + days;
    this.department = `bureau${((choice + days) % HANDLING_DEPARTMENTS) + 1}`;
    this.official = pick(play.in(this.department), choice + target)?.name ?? '';
    this.coHandlers = coHandlersOf(play, this.department, step);
  }

  get verbs() {
    return { ...this.play.world.world.work, ...this.play.world.world.closure };
  }

  get office() {
    return this.play.world.taskForce;
  }

  get ref() {
    return this.play.world.ref(this.name);
  }

  get lead() {
    return this.play.world.desk(this.subject.lead.department).actor;
  }

  get dueOn(): string {
    return nameOf(this.due);
  }

  get to(): string {
    return `to ${this.department}, ${this.official}`;
  }

  get answerable() {
    const { world } = this.play;
    return { departmentId: world.id(this.department), officialId: world.id(this.official) };
  }

  get coHandlerInputs() {
    const { world } = this.play;
    return this.coHandlers.map(({ department, official, dueOn }) => ({
      departmentId: world.id(department),
      ...(official === null ? {} : { officialId: world.id(official) }),
      ...(dueOn === undefined ? {} : { dueOn: nameOf(dueOn) }),
    }));
  }
}

const ACTS = {
  assign: (of: Acting): Act => {
    const complexity = pick(['simple', 'general', 'simple', 'complex'] as const, of.step.target) ?? 'simple';
    const { department, official, coHandlers } = of;
    const input = { ...of.answerable, complexity, coHandlers: of.coHandlerInputs };
    return {
      what: `assign ${of.name} ${of.to}, ${complexity}${helpedBy(of)}`,
      work: () => of.verbs.assign.run(of.office, of.ref, input),
      said: (clocks) => clocks.assign(of.at, of.name, { department, official, complexity, coHandlers }),
    };
  },
  assignByDate: (of: Acting): Act => {
    const { department, official, coHandlers, due: dueOn } = of;
    const input = { ...of.answerable, dueOn: of.dueOn, coHandlers: of.coHandlerInputs };
    return {
      what: `assign ${of.name} ${of.to}, until ${of.dueOn}${helpedBy(of)}`,
      work: () => of.verbs.assign.run(of.office, of.ref, input),
      said: (clocks) => clocks.assign(of.at, of.name, { department, official, dueOn, coHandlers }),
    };
  },
  claim: (of: Acting): Act => ({
    what: `claim ${of.name} ${of.to}`,
    work: () => of.verbs.claim.run(of.play.world.desk(of.department).actor, of.ref, of.answerable),
    said: (clocks) => clocks.claim(of.at, of.name, of.department, of.official),
  }),
  acknowledge: (of: Acting): Act => ({
    what: `acknowledge ${of.name}`,
    work: () => of.verbs.acknowledge.run(of.lead, of.ref, {}),
    said: (clocks) => clocks.acknowledge(of.at, of.name),
  }),
  giveBack: (of: Acting): Act => ({
    what: `return ${of.name}`,
    work: () => of.verbs.giveBack.run(of.lead, of.ref, { ground: 'other', reason: '不属于我局' }),
    said: (clocks) => clocks.giveBack(of.at, of.name),
  }),
  reassign: (of: Acting): Act => ({
    what: `reassign ${of.name} ${of.to}`,
    work: () => of.verbs.reassign.run(of.office, of.ref, { ...of.answerable, reason: '改派' }),
    said: (clocks) => clocks.assign(of.at, of.name, { department: of.department, official: of.official }),
  }),
  reassignByDate: (of: Acting): Act => {
    const { department, official, due: dueOn } = of;
    return {
      what: `reassign ${of.name} ${of.to}, until ${of.dueOn}`,
      work: () =>
        of.verbs.reassign.run(of.office, of.ref, { ...of.answerable, reason: '改派', dueOn: of.dueOn }),
      said: (clocks) => clocks.assign(of.at, of.name, { department, official, dueOn }),
    };
  },
  requestClosure: (of: Acting): Act => ({
    what: `request closure of ${of.name}`,
    work: async () => {
      const evidenceFileIds = of.ref.kind === 'problem' ? [await of.play.world.world.evidence(of.ref)] : [];
      const closing = { outcome: 'explained', statement: '已解释', evidenceFileIds } as const;
      await of.verbs.requestClosure.run(of.lead, of.ref, closing);
    },
    said: (clocks) => clocks.requestClosure(of.at, of.name),
  }),
  approve: (of: Acting): Act => ({
    what: `close ${of.name}`,
    work: () => of.verbs.approveClosure.run(of.office, of.ref, {}),
    said: (clocks) => clocks.approve(of.at, of.name),
  }),
  sendBack: (of: Acting): Act => ({
    what: `send ${of.name} back`,
    work: () => of.verbs.sendBack.run(of.office, of.ref, { reason: '证据不足' }),
    said: (clocks) => clocks.sendBack(of.at, of.name),
  }),
  hold: (of: Acting): Act => ({
    what: `hold ${of.name} until ${of.dueOn}`,
    work: () => of.verbs.hold.run(of.office, of.ref, { ground: 'litigation', reviewOn: of.dueOn }),
    said: (clocks) => clocks.hold(of.at, of.name, of.due),
  }),
  resume: (of: Acting): Act => ({
    what: `resume ${of.name}`,
    work: () => of.verbs.resume.run(of.office, of.ref, {}),
    said: (clocks) => clocks.resume(of.at, of.name),
  }),
  reopen: (of: Acting): Act => {
    const { department, official, due: dueOn } = of;
    return {
      what: `reopen ${of.name} ${of.to}, until ${of.dueOn}`,
      work: () =>
        of.verbs.reopen.run(of.office, of.ref, { ...of.answerable, reason: '反弹', dueOn: of.dueOn }),
      said: (clocks) => clocks.assign(of.at, of.name, { department, official, dueOn }),
    };
  },
  reject: (of: Acting): Act => ({
    what: `reject ${of.name}`,
    work: () => of.verbs.reject.run(of.office, of.ref, { reason: '不属实' }),
    said: (clocks) => clocks.finish(of.at, of.name),
  }),
  terminate: (of: Acting): Act => ({
    what: `terminate ${of.name}`,
    work: () => of.verbs.terminate.run(of.office, of.ref, { ground: 'merged' }),
    said: (clocks) => clocks.finish(of.at, of.name),
  }),
  askExtension: (of: Acting): Act => {
    const { play, name } = of;
    const run = play.year.clocks.runs.findLast((one) => one.subject === of.subject && one.clock === 'handle');
    const asked = dayOf(run?.deadline ?? of.at) + 1 + (of.step.days % 12);
    const request = { dueOn: nameOf(asked), reason: '等待批复' };
    return {
      what: `ask for ${name} to be extended until ${request.dueOn}`,
      work: async () => {
        const id = await play.world.world.extensions.request(of.lead, of.ref, request);
        play.extensions.set(name, { id, dueOn: asked });
      },
      said: (clocks) => clocks.note(of.at, name),
    };
  },
  approveExtension: (of: Acting): Act | null => {
    const { play, name } = of;
    const asked = play.extensions.get(name);
    if (asked === undefined) return null;
    return {
      what: `extend ${name} until ${nameOf(asked.dueOn)}`,
      work: () => play.world.world.extensions.approve(of.office, asked.id, null),
      said: (clocks) => clocks.extend(of.at, name, asked.dueOn),
    };
  },
  refuseExtension: (of: Acting): Act | null => {
    const { play, name } = of;
    const asked = play.extensions.get(name);
    if (asked === undefined) return null;
    return {
      what: `do not extend ${name}`,
      work: () => play.world.world.extensions.refuse(of.office, asked.id, '理由不足'),
      said: (clocks) => clocks.note(of.at, name),
    };
  },
};

const helpedBy = ({ coHandlers }: Acting): string =>
  coHandlers.map(({ department, official }) => `, helped by ${official ?? department}`).join('');

/** None mostly; another department, by somebody named or not, by a date or not. */
function coHandlersOf(
  play: YearPlay,
  lead: string,
  { choice, target, days }: Step,
): Array<{ department: string; official: string | null; dueOn?: number }> {
  if (target % 3 > 0) return [];
  const department = lead === 'bureau1' ? 'bureau2' : 'bureau1';
  const official = choice % 2 === 0 ? (pick(play.in(department), target)?.name ?? null) : null;
  return [{ department, official, ...(choice % 5 === 0 ? { dueOn: play.today + (days % 10) } : {}) }];
}
