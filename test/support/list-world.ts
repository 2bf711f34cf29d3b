import type { CaseView } from '../../src/cases/views/case-view.js';
import type { ProblemView } from '../../src/cases/views/problem-view.js';
import type {
  ListItemView,
  ResponsibilityListView,
} from '../../src/cases/responsibility-lists/responsibility-list.view.js';
import type { ProjectView } from '../../src/enterprises/projects/project.view.js';
import type { Department } from '../../src/organization/department.entity.js';
import type { Official } from '../../src/organization/official.entity.js';
import { RegisterFactory } from '../factories/register.js';
import { FakeClock } from './fake-clock.js';
import { type Answer, type Client, createTestApp, type TestApp } from './test-app.js';

interface Refused {
  code: string;
  errors: Array<{ pointer: string; code: string }>;
}
export interface Items<Item> {
  items: Item[];
  nextCursor: string | null;
}
export interface Claimant {
  client: Client;
  signIn: () => Promise<Client>;
  department: Department;
  official: Official;
}

/** The Tuesday of the forum, and the moment its claim window ends: 18:00 of the Friday. */
const FORUM = '2021-08-24T10:00:00+08:00';
export const WINDOW = { on: '2021-08-27', end: '2021-08-27T10:00:00.000Z' };

export const refusal = ({ status, body }: Answer<unknown>): string => `${status} ${(body as Refused).code}`;
export const faults = ({ body }: Answer<unknown>): string[] =>
  (body as Refused).errors.map(({ pointer, code }) => `${pointer} ${code}`);

/** The product on the day of the forum, with the task force and two departments that may claim. */
export class ListWorld {
  private made = 0;

  private constructor(
    readonly app: TestApp,
    readonly clock: FakeClock,
    readonly make: RegisterFactory,
    readonly office: Client,
  ) {}

  static async open(): Promise<ListWorld> {
    const clock = new FakeClock(new Date(FORUM));
    const app = await createTestApp({ clock });
    const make = new RegisterFactory(app.database.dataSource);
    return new ListWorld(app, clock, make, await app.as('task_force'));
  }

  async claimant(name: string): Promise<Claimant> {
    const department = await this.make.department(name);
    const official = await this.make.official(department);
    const account = await this.make.account('department', { departmentId: department.id });
    const signIn = (): Promise<Client> => this.app.signIn(account.username, account.password);
    return { client: await signIn(), signIn, department, official };
  }

  async project(unitCode = '610902', over: object = {}, office = this.office): Promise<ProjectView> {
    const { id: reportingUnitId } = await this.make.unit(unitCode);
    const body = { name: `富硒食品产业园第${(this.made += 1)}期项目`, reportingUnitId, ...over };
    const answer = await office.post<ProjectView>('/projects', body);
    if (answer.status !== 201) throw new Error(`not added: ${refusal(answer)}`);
    return answer.body;
  }

  item(over: object): object {
    const title = `厂区扩建用地指标未落实 ${(this.made += 1)}`;
    return { title, category: 'land', cause: 'government', ...over };
  }

  list(items: object[], over: object = {}): object {
    return {
      number: `ZRQD-2021-${String((this.made += 1)).padStart(3, '0')}`,
      title: '8月24日企业座谈会问题责任清单',
      source: 'forum',
      issuedOn: '2021-08-24',
      items,
      ...over,
    };
  }

  async draft(items: object[], over: object = {}): Promise<ResponsibilityListView> {
    const body = this.list(items, over);
    const answer = await this.office.post<ResponsibilityListView>('/responsibility-lists', body);
    if (answer.status !== 201) throw new Error(`not drafted: ${refusal(answer)}`);
    return answer.body;
  }

  issue(id: string): Promise<Answer<ResponsibilityListView>> {
    return this.office.post(`/responsibility-lists/${id}/issue`);
  }

  async items(id: string): Promise<ListItemView[]> {
    const path = `/responsibility-lists/${id}/items?limit=200`;
    return (await this.office.get<Items<ListItemView>>(path)).body.items;
  }

  async reportCase(enterpriseId: string): Promise<CaseView> {
    return (await this.office.post<CaseView>('/cases', { enterpriseId, distressType: 'stalled' })).body;
  }

  async problem(id = ''): Promise<ProblemView> {
    return (await this.office.get<ProblemView>(`/problems/${id}`)).body;
  }

  /** The problem of an issued list of one item, of an enterprise that has no case. */
  async issuedProblem(over: object = {}): Promise<ProblemView> {
    const enterprise = await this.make.enterprise();
    const { id } = await this.draft([this.item({ enterpriseId: enterprise.id })], over);
    const answer = await this.issue(id);
    if (answer.status !== 200) throw new Error(`not issued: ${refusal(answer)}`);
    return this.problem((await this.items(id))[0]?.problem?.id);
  }

  events(chainId: string): Promise<Array<{ type: string; payload: Record<string, unknown> }>> {
    return this.app.database.dataSource.query(
      'SELECT type, payload FROM case_events WHERE chain_id = $1 ORDER BY sequence',
      [chainId],
    );
  }

  async deleteItem(listId: string, itemId: string): Promise<Answer<unknown>> {
    const url = `${this.app.url}/api/v1/responsibility-lists/${listId}/items/${itemId}`;
    const headers = { authorization: `Bearer ${this.office.token}` };
    const response = await fetch(url, { method: 'DELETE', headers });
    const text = await response.text();
    const body: unknown = text === '' ? {} : JSON.parse(text);
    return { status: response.status, headers: response.headers, body };
  }
}
