import { expect } from '@jest/globals';
import type { CaseView } from '../../src/cases/views/case-view.js';
import type { Department } from '../../src/organization/department.entity.js';
import type { Official } from '../../src/organization/official.entity.js';
import { RegisterFactory } from '../factories/register.js';
import { FakeClock } from './fake-clock.js';
import { type Answer, type Client, createTestApp, type TestApp } from './test-app.js';

export interface Items<View> {
  items: View[];
  nextCursor: string | null;
  total?: number;
}
interface Refused {
  code: string;
  errors: Array<{ pointer: string; code: string }>;
}

/** The id of nothing. */
export const NOWHERE = '0193a1b2-0000-7000-8000-000000000001';
/** A Monday morning. */
export const MONDAY = '2021-11-01T09:00:00+08:00';

export const refusal = ({ status, body }: Answer<unknown>): string => `${status} ${(body as Refused).code}`;
export const faults = ({ body }: Answer<unknown>): string[] =>
  (body as Refused).errors.map(({ pointer, code }) => `${pointer} ${code}`);

/** Those who write in a case's file, and one who has no part in it, signed in on a Monday morning. */
export class CaseFileStory {
  private constructor(
    readonly world: TestApp,
    readonly clock: FakeClock,
    readonly make: RegisterFactory,
    readonly department: Department,
    readonly coDepartment: Department,
    readonly official: Official,
    readonly office: Client,
    readonly county: Client,
    readonly lead: Client,
    readonly coHandler: Client,
    readonly stranger: Client,
  ) {}

  static async open(environment: Record<string, string> = {}): Promise<CaseFileStory> {
    const clock = new FakeClock(new Date(MONDAY));
    const world = await createTestApp({ clock, environment });
    const make = new RegisterFactory(world.database.dataSource);
    const department = await make.department('市工信局');
    const coDepartment = await make.department('市自然资源局');
    const clientOf = async ({ id: departmentId }: Department): Promise<Client> => {
      const account = await make.account('department', { departmentId });
      return world.signIn(account.username, account.password);
    };
    return new CaseFileStory(
      world,
      clock,
      make,
      department,
      coDepartment,
      await make.official(department),
      await world.as('task_force'),
      await world.as('county'),
      await clientOf(department),
      await clientOf(coDepartment),
      await clientOf(await make.department()),
    );
  }

  close(): Promise<void> {
    return this.world.close();
  }

  /** Later on: who was signed in must sign in again. */
  async later(moment: string, work: (lead: Client) => Promise<void>): Promise<void> {
    this.clock.set(moment);
    try {
      const account = await this.make.account('department', { departmentId: this.department.id });
      await work(await this.world.signIn(account.username, account.password));
    } finally {
      this.clock.set(MONDAY);
    }
  }

  async report(unit?: string): Promise<CaseView> {
    const { id: enterpriseId } = await this.make.enterprise(unit);
    return (await this.office.post<CaseView>('/cases', { enterpriseId, distressType: 'stalled' })).body;
  }

  async assigned(): Promise<CaseView> {
    const { id } = await this.report();
    const answer = await this.office.post<CaseView>(`/cases/${id}/assign`, {
      departmentId: this.department.id,
      officialId: this.official.id,
      complexity: 'general',
      coHandlers: [{ departmentId: this.coDepartment.id }],
    });
    expect(answer.status).toBe(200);
    return answer.body;
  }

  async inProgress(): Promise<CaseView> {
    const { id } = await this.assigned();
    return (await this.lead.post<CaseView>(`/cases/${id}/acknowledge`)).body;
  }

  async closed(): Promise<string> {
    const { id } = await this.inProgress();
    const closure = { outcome: 'explained', statement: '已依法解释', evidenceFileIds: [] };
    await this.lead.post(`/cases/${id}/request-closure`, closure);
    expect((await this.office.post(`/cases/${id}/approve-closure`)).status).toBe(200);
    return id;
  }

  /** Types of the events of a chain, in their order. */
  async events(id: string): Promise<string[]> {
    const rows = await this.world.database.dataSource.query<Array<{ type: string }>>(
      'SELECT type FROM case_events WHERE chain_id = $1 ORDER BY sequence',
      [id],
    );
    return rows.map(({ type }) => type);
  }
}
