import { API_KEY_SCOPES } from '../../src/access/api-keys/api-key-scopes.js';
import type { Department } from '../../src/organization/department.entity.js';
import type { Official } from '../../src/organization/official.entity.js';
import { Pairing } from '../../src/enterprises/pairing.entity.js';
import { DistressCandidate } from '../../src/production/detection/candidate.entity.js';
import type { CandidateKind } from '../../src/production/detection/candidate-terms.js';
import { RegisterFactory } from '../factories/register.js';
import { v7 as uuidv7 } from 'uuid';
import { FakeClock } from './fake-clock.js';
import { type Answer, Client, createTestApp, type TestApp } from './test-app.js';

/** What everything of the other side is called that has a name: nothing an asker is told may hold it. */
export const FOREIGN = '域外';
/** The same for what of it waits to be claimed, which a department may see and nobody else of the three. */
export const FOREIGN_POOL = '池外';
const NOW = '2021-11-01T09:00:00+08:00';

/** Rows that a route can name by id, one of each kind a side. */
export const KINDS = [
  'enterprise',
  'project',
  'case',
  'problem',
  'problemOfProject',
  'problemOfEnterprise',
  'closedCase',
  'file',
  'fileOfProblem',
  'instruction',
  'coHandler',
  'extension',
  'candidate',
  'followUp',
  'productionQuery',
  'productionStop',
] as const;
export type Kind = (typeof KINDS)[number];
export type Rows = Record<Kind, string>;

interface Made {
  id: string;
}
interface Side {
  unitCode: string;
  department: Department;
  official: Official;
  leader: Official;
  client: Client;
  /** Stands in every text. */
  mark: string;
}

/**
 * Two sides of the same shape, that share nobody: what one department leads, in one territory, paired to one leader,
 * and what others do elsewhere.
 */
export class ScopeWorld {
  private constructor(
    readonly app: TestApp,
    readonly clock: FakeClock,
    readonly make: RegisterFactory,
    readonly office: Client,
    readonly inner: Side,
    readonly outer: Side,
  ) {}

  static async open(): Promise<ScopeWorld> {
    const clock = new FakeClock(new Date(NOW));
    const app = await createTestApp({ clock });
    const make = new RegisterFactory(app.database.dataSource);
    const side = async (unitCode: string, mark: string): Promise<Side> => {
      const department = await make.department();
      const account = await make.account('department', { departmentId: department.id });
      return {
        unitCode,
        department,
        official: await make.official(department),
        leader: await make.official(department, { duty: 'leader' }),
        client: await app.signIn(account.username, account.password),
        mark,
      };
    };
    const office = await app.as('task_force');
    return new ScopeWorld(
      app,
      clock,
      make,
      office,
      await side('610902', '域内'),
      await side('610921', FOREIGN),
    );
  }

  /** Signed in as who sees the inner side only. */
  async asker(role: 'department' | 'county' | 'leader'): Promise<Client> {
    const { department, leader, unitCode } = this.inner;
    const bindings = {
      department: { departmentId: department.id },
      county: { reportingUnitId: (await this.make.unit(unitCode)).id },
      leader: { officialId: leader.id },
    };
    const { username, password } = await this.make.account(role, bindings[role]);
    return this.app.signIn(username, password);
  }

  /** A key that may do whatever a key may, within the unit of the inner side. */
  async key(): Promise<Client> {
    const { id: unitId } = await this.make.unit(this.inner.unitCode);
    const administrator = await this.app.as('security_admin');
    const { body } = await administrator.post<{ token: string }>('/api-keys', {
      name: '门户',
      scopes: API_KEY_SCOPES,
      reportingUnitIds: [unitId],
      expiresAt: '2022-06-30T18:00:00+08:00',
    });
    return new Client(this.app.url, body.token);
  }

  /** All the rows of a side, as the task force and its department make them. */
  async rows(side: Side): Promise<Rows> {
    const { office } = this;
    const enterprise = await this.enterprise(side);
    const caseId = await this.case(side, enterprise);
    const report = (title: string): object => ({
      title: `${side.mark}${title}`,
      category: 'land',
      cause: 'government',
    });
    const problem = await this.assigned(
      side,
      await made(office.post(`/cases/${caseId}/problems`, report('用地'))),
    );
    const project = await this.project(side);
    const ofProject = await made(office.post(`/projects/${project}/problems`, report('用电')));
    const ofEnterprise = await made(office.post(`/enterprises/${enterprise}/problems`, report('用工')));
    const { text, plan, visit } = this.texts(side);
    await made(office.post(`/cases/${caseId}/notes`, { text }));
    await made(office.post(`/problems/${problem}/notes`, { text }));
    await made(office.post(`/cases/${caseId}/visits`, visit));
    await made(office.post(`/cases/${caseId}/plans`, plan));
    await made(
      office.post(`/enterprises/${enterprise}/production-reports`, {
        month: '2021-09',
        source: 'grid',
        electricity: 7_654_321,
        // More than it can: the enterprise is asked.
        capacityUtilisation: 1.2,
      }),
    );
    const instruction = await made(office.post(`/cases/${caseId}/instructions`, { text }));
    const extension = await made(
      side.client.post(`/cases/${caseId}/extensions`, { dueOn: '2021-11-30', reason: text }),
    );
    const closedCase = await this.closedCase(side);
    return {
      enterprise,
      project,
      case: caseId,
      problem,
      problemOfProject: await this.assigned(side, ofProject),
      problemOfEnterprise: await this.assigned(side, ofEnterprise),
      closedCase,
      file: await this.file(side, `/cases/${caseId}`),
      fileOfProblem: await this.file(side, `/problems/${problem}`),
      instruction,
      coHandler: await this.coHandlerOf(caseId),
      extension,
      ...(await this.detected(enterprise, closedCase)),
      productionQuery: await this.queryOf(enterprise),
      productionStop: await made(
        office.post(`/enterprises/${enterprise}/production-stops`, {
          kind: 'seasonal',
          fromMonth: '2021-07',
          reason: text,
        }),
      ),
    };
  }

  private async queryOf(enterprise: string): Promise<string> {
    const { body } = await this.office.get<{ items: Made[] }>(`/production-queries?enterprise=${enterprise}`);
    for (const { id } of body.items) return id;
    throw new Error(`nothing is asked of ${enterprise}`);
  }

  /** A case of the other side that the inner department co-handles. @returns its own row of co-handling */
  async coHandled(): Promise<string> {
    const side = { ...this.outer, mark: '协办' };
    const caseId = await this.case(side, await this.enterprise(side), this.inner.department.id);
    return this.coHandlerOf(caseId);
  }

  /** A case of the other side that nobody has been given yet. */
  async waiting(): Promise<string> {
    const enterpriseId = await this.enterprise({ ...this.outer, mark: FOREIGN_POOL });
    return made(this.office.post('/cases', { enterpriseId, distressType: 'stalled' }));
  }

  texts({ mark, department }: Side) {
    const text = `${mark}进展`;
    const measures = [{ what: text, departmentId: department.id, dueOn: '2021-12-01' }];
    return {
      text,
      plan: { goal: text, measures },
      visit: { visitedOn: '2021-10-29', place: text, people: [`${mark}人`], findings: text },
    };
  }

  private async enterprise({ unitCode, mark, leader }: Side): Promise<string> {
    const { id } = await this.make.enterprise(unitCode);
    await this.app.database.dataSource.query('UPDATE enterprises SET name = $2 || name WHERE id = $1', [
      id,
      mark,
    ]);
    await this.pair({ enterpriseId: id }, leader);
    return id;
  }

  private async project({ unitCode, mark, leader }: Side): Promise<string> {
    const { id: reportingUnitId } = await this.make.unit(unitCode);
    const id = await made(this.office.post('/projects', { name: `${mark}产业园`, reportingUnitId }));
    await this.pair({ projectId: id }, leader);
    return id;
  }

  private async pair(of: { enterpriseId: string } | { projectId: string }, leader: Official): Promise<void> {
    const pairing = { id: uuidv7(), officialId: leader.id, fromOn: '2021-01-01', toOn: null, ...of };
    await this.app.database.dataSource.manager.insert(Pairing, pairing);
  }

  private async case(side: Side, enterpriseId: string, helper?: string): Promise<string> {
    const note = `${side.mark}情况`;
    const id = await made(this.office.post('/cases', { enterpriseId, distressType: 'stalled', note }));
    const coHandler = helper ?? (await this.make.department()).id;
    await done(
      this.office.post(`/cases/${id}/assign`, {
        ...this.answerable(side),
        coHandlers: [{ departmentId: coHandler }],
      }),
    );
    await done(side.client.post(`/cases/${id}/acknowledge`));
    return id;
  }

  private async coHandlerOf(caseId: string): Promise<string> {
    const rows = await this.app.database.dataSource.query<Made[]>(
      'SELECT h.id FROM co_handlers h JOIN cases c USING (assignment_id) WHERE c.id = $1',
      [caseId],
    );
    for (const { id } of rows) return id;
    throw new Error(`nobody co-handles ${caseId}`);
  }

  private async assigned(side: Side, problemId: string): Promise<string> {
    await done(this.office.post(`/problems/${problemId}/assign`, this.answerable(side)));
    return problemId;
  }

  private answerable = ({ department, official }: Side): object => ({
    departmentId: department.id,
    officialId: official.id,
    complexity: 'general',
  });

  /** Struck off, and its enterprise is not content. */
  private async closedCase(side: Side): Promise<string> {
    const id = await this.case(side, await this.enterprise(side));
    const closure = { outcome: 'explained', statement: `${side.mark}已解释`, evidenceFileIds: [] };
    await done(side.client.post(`/cases/${id}/request-closure`, closure));
    await done(this.office.post(`/cases/${id}/approve-closure`));
    const comment = `${side.mark}不满意`;
    await made(
      this.office.post(`/cases/${id}/ratings`, { rating: 'dissatisfied', source: 'call_back', comment }),
    );
    return id;
  }

  /** What detection found and asks for, as rows alone: of the enterprise, and a relapse of the closed case. */
  private async detected(
    enterpriseId: string,
    closedCaseId: string,
  ): Promise<Pick<Rows, 'candidate' | 'followUp'>> {
    const { manager } = this.app.database.dataSource;
    const raised = async (kind: CandidateKind, caseId: string | null): Promise<string> => {
      const id = uuidv7();
      const [owner] = await manager.query<Array<{ id: string }>>(
        'SELECT coalesce((SELECT enterprise_id FROM cases WHERE id = $1), $2) AS id',
        [caseId, enterpriseId],
      );
      await manager.insert(DistressCandidate, {
        id,
        enterpriseId: owner?.id ?? enterpriseId,
        kind,
        status: 'open',
        origin: 'figures',
        distressType: 'stalled',
        caseId,
        evidence: {
          status: 'stalled',
          month: '2021-09',
          rule: 'nothing_produced',
          facts: { months: ['2021-09'] },
          months: ['2021-09'],
          policyVersion: 1,
        },
        raisedAt: this.clock.now(),
        renewedAt: this.clock.now(),
      });
      return id;
    };
    const candidate = await raised('new_distress', null);
    await raised('relapse', closedCaseId);
    const followUp = uuidv7();
    await manager.query(
      `INSERT INTO recovery_follow_ups (id, case_id, closure_event_id, after_days, due_on, status)
       SELECT $1, subject_id, id, 30, '2021-12-01', 'due' FROM case_events WHERE subject_id = $2 AND type = 'resolved'`,
      [followUp, closedCaseId],
    );
    return { candidate, followUp };
  }

  private file({ mark, client }: Side, path: string): Promise<string> {
    const content = new Blob([`%PDF-1.7 ${mark}`]);
    return made(client.upload(`${path}/files`, { kind: 'photo', source: 'other' }, content, `${mark}.pdf`));
  }
}

async function made(asked: Promise<Answer<unknown>>): Promise<string> {
  const { status, body } = await asked;
  if (status !== 201) throw new Error(`not made: ${status} ${JSON.stringify(body)}`);
  return (body as Made).id;
}

async function done(asked: Promise<Answer<unknown>>): Promise<void> {
  const { status, body } = await asked;
  if (status !== 200) throw new Error(`not done: ${status} ${JSON.stringify(body)}`);
}
