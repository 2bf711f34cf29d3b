import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { Tasks } from '../../src/platform/queue/tasks.js';
import { creditCodeOf } from '../factories/credit-code.js';
import { brokenInvariants, findAll } from '../support/lifecycle-invariants.js';
import { LifecycleStory } from '../support/lifecycle-story.js';
import { Callers } from './callers.js';
import { KnownIds } from './known-ids.js';
import type { OpenApi } from './operations.js';
import type { KnownValues } from './values.js';

const LEDGER = 'examples/ledger-2021-11.xlsx';
const KINDS = ['case', 'problem'] as const;
/** Accounts to sign in with: each is locked after five wrong passwords. */
const SPARE_ACCOUNTS = 12;

/** The whole product with something of every kind in it, and those who ask it. */
export class FuzzedProduct {
  /** Good for once each, and told by the answers. */
  readonly refreshTokens: string[] = ['no-such-token'];

  private lists = 0;
  private ladders = 0;

  private constructor(
    private readonly story: LifecycleStory,
    readonly document: OpenApi,
    readonly known: KnownIds,
    readonly callers: Callers,
    private readonly spare: ReadonlyArray<{ username: string; password: string }>,
  ) {}

  static async open(): Promise<FuzzedProduct> {
    const story = await LifecycleStory.open();
    const { world } = story;
    const document: OpenApi = JSON.parse(await (await fetch(`${world.app.url}/api/openapi.json`)).text());
    const known = new KnownIds();
    const leading = { id: story.desks.lead.departmentId };
    const leader = await world.make.official(leading, { duty: 'leader' });
    for (const name of ['王思远', '李明']) await world.make.official(leading, { duty: 'leader', name });
    // Reminded of what falls due.
    for (const department of [leading, { id: story.taskForce.departmentId ?? '' }])
      await world.make.official(department, { duty: 'head' });
    const callers = new Callers(world, known, {
      task_force: { departmentId: story.taskForce.departmentId },
      department: { departmentId: story.desks.lead.departmentId },
      county: { reportingUnitId: (await world.make.unit()).id },
      leader: { officialId: leader.id },
    });
    const spare = [];
    for (let made = 0; made < SPARE_ACCOUNTS; made += 1) spare.push(await world.make.account('auditor'));
    for (const { id } of await world.query('SELECT id FROM accounts')) known.hide(String(id));
    const product = new FuzzedProduct(story, document, known, callers, spare);
    await product.addSubjects();
    await product.addWhatNobodyMayAdd(leader.id);
    product.ladders = (await world.query('SELECT 1 FROM reminder_policies')).length;
    return product;
  }

  get url(): string {
    return this.story.world.app.url;
  }

  /** What no schema can tell. */
  get values(): KnownValues {
    const files = [readFileSync(LEDGER), Buffer.from('%PDF-1.7\n%%EOF\n')];
    const [{ password } = { password: '' }] = this.spare;
    return {
      file: (draw) => draw.pick(files),
      number: (draw) => `安发改备〔2021〕${draw.between(1, 99_999)}号`,
      // Of documentation: nobody is there, and nothing is sent.
      url: () => 'https://8.8.8.8/portal',
      creditCode: (draw) => creditCodeOf(draw.between(1_000, 999_999)),
      username: (draw) =>
        draw.chance(50) ? draw.pick(this.spare).username : draw.from(fc.stringMatching(/^[a-z]{8,20}$/)),
      password: () => password,
      currentPassword: () => password,
      newPassword: (draw) => draw.from(fc.stringMatching(/^[a-z]{4} [a-z]{5} [A-Z]{4} \d{3}$/)),
      refreshToken: (draw) => draw.pick(this.refreshTokens),
    };
  }

  /** What is wrong with the product after all that, in words. */
  async faults(): Promise<string[]> {
    const { world } = this.story;
    const isLadderSaved = (await world.query('SELECT 1 FROM reminder_policies')).length > this.ladders;
    const broken = (await brokenInvariants(world, await findAll(world))).filter(
      // A ladder that somebody saved may remind of nothing, or only of what is past.
      (fault) => !(isLadderSaved && fault.startsWith('no reminder of the clock')),
    );
    const ready = await fetch(`${this.url}/health/ready`);
    const { status } = Object(await ready.json());
    // What imports bring is no part of the invariants; that each of them ends is.
    await this.run('import');
    const unended = await world.query("SELECT id FROM imports WHERE status IN ('pending', 'running')");
    return [
      ...broken,
      ...(status === 'ready' ? [] : [`health is ${String(status)}`]),
      ...unended.map(({ id }) => `the import ${String(id)} has not ended`),
    ];
  }

  close(): Promise<void> {
    return this.story.world.close();
  }

  /** Cases and problems in every state, and a list to issue: the fuzz itself ends them sooner than it begins others. */
  async addSubjects(): Promise<void> {
    const { story } = this;
    // An item is of an enterprise, a case or a project, and of one of them alone: no schema says so.
    const { id: enterpriseId } = await story.world.make.enterprise();
    const item = { title: '用地指标未落实', category: 'land', cause: 'government', enterpriseId };
    const number = `ZRQD-${(this.lists += 1)}`;
    const list = {
      number,
      title: '座谈会问题责任清单',
      source: 'forum',
      issuedOn: '2021-10-29',
      items: [item],
    };
    const { body: drafted } = await story.office.post('/responsibility-lists', list);
    const items = `/responsibility-lists/${String(drafted['id'])}/items`;
    this.known.learn(`/api/v1${items}`, (await story.office.get(items)).body, 'task_force');
    for (const kind of KINDS) {
      const made = [story.assigned(kind), story.working(kind), story.verifying(kind), story.resolved(kind)];
      const coHandlers = [{ departmentId: story.desks.lead.departmentId }];
      made.push(story.assigned(kind, { ...story.answerable(story.desks.other), coHandlers }));
      const [, working] = await Promise.all([...made, story.reported(kind), story.held(kind)]);
      if (working === undefined) throw new Error('nothing is being worked on');
      const ask = { dueOn: '2021-11-24', reason: '设备未到' };
      const { body } = await story.act(story.leads, working, 'extensions', ask);
      this.known.learn('/api/v1/extensions', body, 'task_force');
    }
    // What was recorded is known to figures from the next moment on.
    story.clock.advance(1_000);
  }

  /** Pairings that give a leader sight, an import that is done, deliveries that failed. */
  private async addWhatNobodyMayAdd(leaderId: string): Promise<void> {
    const { story } = this;
    const { body } = await story.office.get<{ items: Array<{ id: string }> }>('/enterprises');
    for (const { id } of body.items)
      await story.office.post(`/enterprises/${id}/pairings`, { officialId: leaderId, duty: 'leader' });
    const workbook = new Blob([readFileSync(LEDGER)]);
    const { body: sent } = await story.office.upload(
      '/imports',
      { mode: 'preview' },
      workbook,
      'ledger.xlsx',
    );
    await this.run('import');
    this.known.learn(`/api/v1/imports/${String(sent['id'])}`, sent, 'task_force');
    // In three days rungs have fallen due; nobody is there to take what is sent.
    const monday = story.clock.now();
    story.clock.advance(3 * 86_400_000);
    await this.run('sweep');
    await story.world.query("UPDATE deliveries SET status = 'failed', reason = 'CHANNEL_FAILED'");
    story.clock.set(monday);
  }

  private async run(task: string): Promise<void> {
    await this.story.world.app.app.get(Tasks).handlerOf(task)(null);
  }
}
