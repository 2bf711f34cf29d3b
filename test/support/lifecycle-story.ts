import { expect } from '@jest/globals';
import type { AccountActor } from '../../src/access/actor.js';
import type { SubjectKind } from '../../src/cases/lifecycle/states.js';
import type { SubjectRef } from '../../src/cases/subject.js';
import type { CaseView } from '../../src/cases/views/case-view.js';
import { FakeClock } from './fake-clock.js';
import { type Desk, LifecycleWorld } from './lifecycle-world.js';
import type { Answer, Client } from './test-app.js';

export interface Refused {
  code: string;
  params: { status?: string; action?: string; allowedActions?: string[] };
  errors?: Array<{ pointer: string; code: string }>;
}

export const refusal = ({ status, body }: Answer<unknown>): string => `${status} ${(body as Refused).code}`;
export const refused = ({ body }: Answer<unknown>): Refused => body as Refused;
export const pathOf = ({ kind, id }: SubjectRef): string =>
  kind === 'case' ? `/cases/${id}` : `/problems/${id}`;

const NOW = '2021-11-01T09:00:00+08:00';

/** Everyone signed in, on 1 November 2021 at nine; brings cases and problems into any state by HTTP. */
export class LifecycleStory {
  private constructor(
    readonly world: LifecycleWorld,
    readonly clock: FakeClock,
    readonly taskForce: AccountActor,
    readonly desks: Readonly<Record<'lead' | 'other' | 'helper' | 'bureau', Desk>>,
    readonly office: Client,
    readonly colleague: Client,
    readonly county: Client,
    readonly leads: Client,
    readonly others: Client,
    readonly helpers: Client,
  ) {}

  static async open(): Promise<LifecycleStory> {
    const clock = new FakeClock(new Date(NOW));
    const world = await LifecycleWorld.open(clock);
    const taskForce = await world.taskForce();
    const desks = {
      lead: await world.desk(),
      other: await world.desk(),
      helper: await world.desk(),
      bureau: await world.desk('610902'),
    };
    const { departmentId } = taskForce;
    const second = await world.make.account('task_force', { departmentId });
    return new LifecycleStory(
      world,
      clock,
      taskForce,
      desks,
      await world.app.as('task_force'),
      await world.app.signIn(second.username, second.password),
      await world.app.as('county'),
      await desks.lead.client(),
      await desks.other.client(),
      await desks.helper.client(),
    );
  }

  answerable({ departmentId, officialId }: Desk = this.desks.lead): {
    departmentId: string;
    officialId: string;
  } {
    return { departmentId, officialId };
  }

  async view(ref: SubjectRef): Promise<CaseView> {
    return (await this.office.get<CaseView>(pathOf(ref))).body;
  }

  act(client: Client, ref: SubjectRef, action: string, body: object = {}): Promise<Answer<CaseView>> {
    return client.post<CaseView>(`${pathOf(ref)}/${action}`, body);
  }

  /** Done by whom it is asked. @returns what is answered */
  async done(client: Client, ref: SubjectRef, action: string, body: object = {}): Promise<CaseView> {
    const answer = await this.act(client, ref, action, body);
    expect([action, answer.status, answer.body]).toEqual([action, 200, expect.anything()]);
    return answer.body;
  }

  /** A right body for an action. */
  body(action: string): object {
    const bodies: Record<string, object> = {
      assign: { ...this.answerable(), complexity: 'simple' },
      claim: { officialId: this.desks.lead.officialId },
      return: { ground: 'other', reason: '不属于' },
      reassign: { ...this.answerable(this.desks.other), reason: '改派' },
      hold: { ground: 'litigation', reviewOn: '2021-11-20' },
      'request-closure': { outcome: 'explained', statement: '已解释', evidenceFileIds: [] },
      'send-back': { reason: '证据不足' },
      reopen: { reason: '反弹', ...this.answerable(), dueOn: '2021-12-01' },
      reject: { reason: '不属实' },
      terminate: { ground: 'merged' },
    };
    return bodies[action] ?? {};
  }

  async reported(kind: SubjectKind): Promise<SubjectRef> {
    this.clock.set(NOW);
    const ref = await this.world.case(this.taskForce);
    return kind === 'case' ? ref : this.world.problem(this.taskForce, ref.id);
  }

  async assigned(kind: SubjectKind, over: object = {}): Promise<SubjectRef> {
    const ref = await this.reported(kind);
    await this.done(this.office, ref, 'assign', { ...this.answerable(), complexity: 'general', ...over });
    return ref;
  }

  async working(kind: SubjectKind): Promise<SubjectRef> {
    const ref = await this.assigned(kind);
    await this.done(this.leads, ref, 'acknowledge');
    return ref;
  }

  async verifying(kind: SubjectKind): Promise<SubjectRef> {
    const ref = await this.working(kind);
    await this.askClosure(ref);
    return ref;
  }

  async askClosure(ref: SubjectRef): Promise<void> {
    const evidenceFileIds = [await this.world.evidence(ref)];
    const closing = { outcome: 'explained', statement: '已解释', evidenceFileIds };
    await this.done(this.leads, ref, 'request-closure', closing);
  }

  async resolved(kind: SubjectKind): Promise<SubjectRef> {
    const ref = await this.verifying(kind);
    await this.done(this.office, ref, 'approve-closure');
    return ref;
  }

  async held(kind: SubjectKind): Promise<SubjectRef> {
    const ref = await this.working(kind);
    await this.done(this.office, ref, 'hold', this.body('hold'));
    return ref;
  }
}
