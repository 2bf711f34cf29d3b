import type { WholeIssueView } from '../../src/statistics/bulletin/issues.dto.js';
import { PrepareOnSchedule } from '../../src/statistics/bulletin/prepare-on-schedule.js';
import { VerifyIssues } from '../../src/statistics/bulletin/verify-issues.js';
import { pastTriggers } from './as-owner.js';
import type { Desk } from './lifecycle-world.js';
import { NoticeWorld } from './notice-world.js';
import type { Answer, Client } from './test-app.js';

/** Monday after the last of the weeks; W46 runs. */
const NOW = new Date('2021-11-15T09:30:00+08:00');
export const WEEKS = { first: '2021-W43', second: '2021-W44', third: '2021-W45', running: '2021-W46' };

/** The whole product with its worker, a department with a case in each of two weeks, and two people who publish. */
export class BulletinWorld {
  private passed = 0;

  private constructor(
    readonly notices: NoticeWorld,
    private readonly lead: Desk,
    readonly officer: Client,
    readonly other: Client,
  ) {}

  static async open(): Promise<BulletinWorld> {
    const notices = await NoticeWorld.open('2021-11-02 10:00');
    const { cases, reminders } = notices;
    const lead = await notices.office('甲', ['head', 'liaison']);
    await cases.make.official({ id: reminders.taskForceId }, { name: '专班' });
    await notices.assigned(lead);
    notices.at('2021-11-09 10:00');
    await notices.assigned(lead);
    notices.at('2021-11-15 09:30');
    await notices.clear();
    const signedIn = async (): Promise<Client> => {
      const account = await cases.make.account('task_force', { departmentId: reminders.taskForceId });
      return cases.app.signIn(account.username, account.password);
    };
    return new BulletinWorld(notices, lead, await signedIn(), await signedIn());
  }

  close(): Promise<void> {
    return this.notices.close();
  }

  /** Seconds pass, so that a session lasts. */
  later(): void {
    this.passed += 1;
    this.notices.set(new Date(NOW.getTime() + this.passed * 1_000));
  }

  /** Learnt now, of a day before: a case that came on the books then. @returns its id */
  async lateEntry(at: string): Promise<string> {
    this.later();
    const { id } = await this.notices.assigned(this.lead);
    const moment = `${at.replace(' ', 'T')}:00+08:00`;
    await this.pastTriggers(`UPDATE case_events SET effective_at = '${moment}' WHERE subject_id = '${id}'`);
    this.later();
    return id;
  }

  weekly(week: string, path: string, body: object = {}): Promise<Answer> {
    return this.officer.post(`/statistics/weekly/${week}/${path}`, body);
  }

  async publish(week: string, by = this.officer): Promise<WholeIssueView> {
    this.later();
    return issueOf(await by.post<WholeIssueView>(`/statistics/weekly/${week}/publish`));
  }

  async prepare(week: string): Promise<WholeIssueView> {
    this.later();
    return issueOf(await this.officer.post<WholeIssueView>(`/statistics/weekly/${week}/prepare`));
  }

  async withdraw(id: string): Promise<WholeIssueView> {
    const reason = '数据有误';
    return issueOf(await this.officer.post<WholeIssueView>(`/statistics/issues/${id}/withdraw`, { reason }));
  }

  async policy(edit: object, basedOnVersion = 0): Promise<Answer> {
    const values = {
      isEnabled: true,
      weekday: 1,
      time: '08:30',
      needsAnother: false,
      subscribers: [],
      ...edit,
    };
    return this.officer.post('/statistics/bulletin-policy', { basedOnVersion, ...values });
  }

  schedule(): Promise<string[]> {
    return this.notices.cases.app.app.get(PrepareOnSchedule).run();
  }

  verify() {
    return this.notices.cases.app.app.get(VerifyIssues).run();
  }

  issues(): Promise<Array<{ week: string; state: string; number: number }>> {
    return this.query('SELECT week, state, number FROM bulletin_issues ORDER BY id');
  }

  query<Row = Record<string, unknown>>(sql: string, parameters: unknown[] = []): Promise<Row[]> {
    return this.notices.cases.query<Row>(sql, parameters);
  }

  pastTriggers(sql: string): Promise<void> {
    return pastTriggers(this.notices.cases.app.database, sql);
  }

  /** As if nothing had ever been issued. What was entered stays. */
  async forget(): Promise<void> {
    await this.pastTriggers(
      'DELETE FROM bulletin_issues; DELETE FROM bulletin_policies; DELETE FROM notices',
    );
    this.later();
    await this.notices.clear();
  }
}

/** Of an answer that must be an issue. */
function issueOf({ status, body }: Answer<WholeIssueView>): WholeIssueView {
  if (status >= 300) throw new Error(JSON.stringify(body));
  return body;
}
