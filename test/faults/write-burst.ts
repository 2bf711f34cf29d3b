import type { CaseView } from '../../src/cases/views/case-view.js';
import { RegisterFactory } from '../factories/register.js';
import { Client } from '../support/test-app.js';
import type { Stage } from './stage.js';
import { writtenCases } from './written-cases.js';

const CLIENTS = 8;

type Step = 'report' | 'assign' | 'acknowledge';
const NEXT: Record<string, Step> = { reported: 'assign', assigned: 'acknowledge' };

/** Eight portals at once that report, assign and sign for one case after another. */
export class WriteBurst {
  readonly answered: Array<{ caseId: string; version: number }> = [];
  /** Refusals and faults that a portal should never see here. */
  readonly refused: string[] = [];
  unanswered = 0;
  private officePassword = '';
  private leadPassword = '';
  private officeToken = '';
  private leadToken = '';
  private assignment: object = {};
  private enterprises: string[] = [];

  private constructor(private readonly stage: Stage) {}

  static async prepare(stage: Stage, enterprises: number): Promise<WriteBurst> {
    const burst = new WriteBurst(stage);
    const make = new RegisterFactory(stage.database.dataSource);
    const department = await make.department();
    const official = await make.official(department);
    for (let made = 0; made < enterprises; made += 1) burst.enterprises.push((await make.enterprise()).id);
    burst.assignment = { departmentId: department.id, officialId: official.id, complexity: 'general' };
    const office = await make.account('task_force', { departmentId: stage.world.taskForceId });
    const lead = await make.account('department', { departmentId: department.id });
    burst.officePassword = `${office.username} ${office.password}`;
    burst.leadPassword = `${lead.username} ${lead.password}`;
    return burst;
  }

  async signIn(url: string): Promise<void> {
    this.officeToken = await tokenOf(url, this.officePassword);
    this.leadToken = await tokenOf(url, this.leadPassword);
  }

  /** Takes every case on to `in_progress`, from wherever it is; a request that gets no answer ends its client. */
  async run(url: string, onAnswer: () => void = () => undefined): Promise<void> {
    const known = new Map(
      (await writtenCases(this.stage.database.dataSource)).map(({ row }) => [row.enterpriseId, row]),
    );
    const work = this.enterprises.map((id) => ({ id, at: known.get(id) ?? null }));
    const client = async (): Promise<void> => {
      for (let next = work.shift(); next !== undefined; next = work.shift()) {
        let at: { id: string; status: string } | null = next.at;
        while (at?.status !== 'in_progress') {
          const answer = await this.step(url, next.id, at);
          if (answer === null) return;
          at = answer;
          onAnswer();
        }
      }
    };
    await Promise.all(Array.from({ length: CLIENTS }, client));
  }

  /** The weekly table of these cases, as the bytes that were answered. */
  async weeklyTable(url: string, asOf?: string): Promise<string> {
    const question = `subject=case&by=reportingUnit${asOf === undefined ? '' : `&asOf=${encodeURIComponent(asOf)}`}`;
    const response = await fetch(`${url}/api/v1/statistics/weekly/2021-W45?${question}`, {
      headers: { authorization: `Bearer ${this.officeToken}` },
    });
    if (response.status !== 200) throw new Error(`${response.status} ${await response.text()}`);
    return response.text();
  }

  private async step(
    url: string,
    enterpriseId: string,
    at: { id: string; status: string } | null,
  ): Promise<{ id: string; status: string } | null> {
    const step = at === null ? 'report' : NEXT[at.status];
    const bodies = {
      report: { enterpriseId, distressType: 'stalled' },
      assign: this.assignment,
      acknowledge: {},
    };
    if (step === undefined) throw new Error(`no way on from ${at?.status}`);
    const client = new Client(url, step === 'acknowledge' ? this.leadToken : this.officeToken);
    const path = at === null ? '/cases' : `/cases/${at.id}/${step}`;
    try {
      const { status, body } = await client.post<CaseView>(path, bodies[step]);
      if (status >= 300) {
        this.refused.push(`${status} ${JSON.stringify(body)}`);
        return null;
      }
      this.answered.push({ caseId: body.id, version: body.version });
      return body;
    } catch {
      this.unanswered += 1;
      return null;
    }
  }
}

async function tokenOf(url: string, account: string): Promise<string> {
  const [username, password] = account.split(' ');
  const { body } = await new Client(url, null).post<{ accessToken: string }>('/auth/login', {
    username,
    password,
  });
  return body.accessToken;
}
