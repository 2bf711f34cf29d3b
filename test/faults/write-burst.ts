import type { CaseView } from '../../src/cases/views/case-view.js';
import { RegisterFactory } from '../factories/register.js';
import { Client } from '../support/test-app.js';
import type { Stage } from './stage.js';
import { writtenCases } from './written-cases.js';

const CLIENTS = 8;
const UNITS = ['610902', '610921', '610922'] as const;
/** Every so-many-th case is left in hand, so that the weekly table has some of each. */
const LEFT_IN_HAND = 3;

type Standing = { id: string; status: string };
type Step = 'report' | 'assign' | 'acknowledge' | 'request-closure' | 'approve-closure';
const NEXT: Record<string, Step> = {
  reported: 'assign',
  assigned: 'acknowledge',
  in_progress: 'request-closure',
  verifying: 'approve-closure',
};

/** Eight portals at once that take one case after another from its report to its closure. */
export class WriteBurst {
  readonly answered: Array<{ caseId: string; version: number }> = [];
  /** Refusals and faults that a portal should never see here. */
  readonly refused: string[] = [];
  unanswered = 0;
  /** Answered with 503: to be tried again later. */
  putOff = 0;
  /** The longest that a portal waited for an answer. */
  longestMs = 0;
  /** By enterprise, the state in which its case is to end. */
  private readonly endings = new Map<string, string>();
  private officeToken = '';
  private leadToken = '';
  private assignment: object = {};
  private accounts = { office: { username: '', password: '' }, lead: { username: '', password: '' } };

  private constructor(
    private readonly stage: Stage,
    private readonly make: RegisterFactory,
  ) {}

  static async prepare(stage: Stage, enterprises: number): Promise<WriteBurst> {
    const make = new RegisterFactory(stage.database.dataSource);
    const burst = new WriteBurst(stage, make);
    const department = await make.department();
    const official = await make.official(department);
    burst.assignment = { departmentId: department.id, officialId: official.id, complexity: 'general' };
    burst.accounts = {
      office: await make.account('task_force', { departmentId: stage.world.taskForceId }),
      lead: await make.account('department', { departmentId: department.id }),
    };
    await burst.add(enterprises);
    return burst;
  }

  async add(enterprises: number): Promise<void> {
    for (let made = 0; made < enterprises; made += 1) {
      const { id } = await this.make.enterprise(UNITS[made % UNITS.length]);
      this.endings.set(id, made % LEFT_IN_HAND === 0 ? 'in_progress' : 'resolved');
    }
  }

  get enterprises(): number {
    return this.endings.size;
  }

  async signIn(url: string): Promise<void> {
    this.officeToken = await tokenOf(url, this.accounts.office);
    this.leadToken = await tokenOf(url, this.accounts.lead);
  }

  /** Takes every case on to its end, from wherever it is; a request that gets no answer, or 503, ends its client. */
  async run(url: string, onAnswer: () => void = () => undefined): Promise<void> {
    const known = new Map<string, Standing>(
      (await writtenCases(this.stage.database.dataSource)).map(({ row }) => [row.enterpriseId, row]),
    );
    const work = [...this.endings].map(([id, ending]) => ({ id, ending, at: known.get(id) ?? null }));
    const client = async (): Promise<void> => {
      for (let next = work.shift(); next !== undefined; next = work.shift()) {
        let at: Standing | null = next.at;
        while (at?.status !== next.ending) {
          const answer = await this.step(url, next.id, at);
          if (answer === null) return;
          at = answer;
          onAnswer();
        }
      }
    };
    await Promise.all(Array.from({ length: CLIENTS }, client));
  }

  /** What is wrong with the end: a case that did not get there, or that is not there. */
  async unfinished(): Promise<string[]> {
    const written = await writtenCases(this.stage.database.dataSource);
    const found = new Map(written.map(({ row }) => [row.enterpriseId, row.status]));
    return [...this.endings]
      .filter(([id, ending]) => found.get(id) !== ending)
      .map(([id, ending]) => `the case of ${id} is ${found.get(id) ?? 'missing'}, not ${ending}`);
  }

  /** Asks as the office. @returns the answer, as the bytes that came. @throws Error on anything but 200 */
  reads(url: string): (path: string) => Promise<string> {
    return async (path) => {
      const startedAt = performance.now();
      const headers = { authorization: `Bearer ${this.officeToken}` };
      const response = await fetch(`${url}/api/v1${path}`, { headers });
      const body = await response.text();
      this.longestMs = Math.max(this.longestMs, performance.now() - startedAt);
      if (response.status !== 200) throw new Error(`${response.status} ${body}`);
      return body;
    };
  }

  private async step(url: string, enterpriseId: string, at: Standing | null): Promise<Standing | null> {
    const step = at === null ? 'report' : NEXT[at.status];
    const bodies = {
      report: { enterpriseId, distressType: 'stalled' },
      assign: this.assignment,
      acknowledge: {},
      'request-closure': { outcome: 'explained', statement: '已向企业说明', evidenceFileIds: [] },
      'approve-closure': {},
    };
    if (step === undefined) throw new Error(`no way on from ${at?.status}`);
    const isLeads = step === 'acknowledge' || step === 'request-closure';
    const client = new Client(url, isLeads ? this.leadToken : this.officeToken);
    const path = at === null ? '/cases' : `/cases/${at.id}/${step}`;
    const startedAt = performance.now();
    try {
      const { status, body } = await client.post<CaseView>(path, bodies[step]);
      if (status === 503) {
        this.putOff += 1;
        return null;
      }
      if (status >= 300) {
        this.refused.push(`${step} ${status} ${JSON.stringify(body)}`);
        return null;
      }
      this.answered.push({ caseId: body.id, version: body.version });
      return body;
    } catch {
      this.unanswered += 1;
      return null;
    } finally {
      this.longestMs = Math.max(this.longestMs, performance.now() - startedAt);
    }
  }
}

async function tokenOf(url: string, account: { username: string; password: string }): Promise<string> {
  const { status, body } = await new Client(url, null).post<{ accessToken: string }>('/auth/login', account);
  if (status >= 300) throw new Error(`no sign-in: ${status} ${JSON.stringify(body)}`);
  return body.accessToken;
}
