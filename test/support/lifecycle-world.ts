import { v7 as uuidv7 } from 'uuid';
import { Account } from '../../src/access/account.entity.js';
import type { AccountActor } from '../../src/access/actor.js';
import type { Role } from '../../src/access/role.js';
import { CaseFile, type EvidenceSource } from '../../src/cases/case-file.entity.js';
import { Extensions } from '../../src/cases/extensions.js';
import { HoldExpiry } from '../../src/cases/hold-expiry.js';
import type { SubjectRef } from '../../src/cases/subject.js';
import { ClosureVerbs, WorkVerbs } from '../../src/cases/subject-verbs.js';
import { ReportCase } from '../../src/cases/verbs/report-case.js';
import { ReportProblem } from '../../src/cases/verbs/report-problem.js';
import { Department } from '../../src/organization/department.entity.js';
import { camelRow } from '../../src/platform/database/rows.js';
import { RegisterFactory } from '../factories/register.js';
import type { FakeClock } from './fake-clock.js';
import { type Client, createTestApp, type TestApp } from './test-app.js';

/** A department that can be answerable, with one official and one account. */
export interface Desk {
  departmentId: string;
  officialId: string;
  actor: AccountActor;
  client(): Promise<Client>;
}

export interface StoryEvent {
  type: string;
  subjectId: string;
  effectiveAt: Date;
  recordedAt: Date;
  payload: Record<string, unknown>;
}

/** The whole product with those who work in it, who act by the services or by HTTP. */
export class LifecycleWorld {
  readonly make: RegisterFactory;
  readonly work: WorkVerbs;
  readonly closure: ClosureVerbs;
  readonly extensions: Extensions;
  readonly holds: HoldExpiry;

  private constructor(readonly app: TestApp) {
    this.make = new RegisterFactory(app.database.dataSource);
    this.work = app.app.get(WorkVerbs);
    this.closure = app.app.get(ClosureVerbs);
    this.extensions = app.app.get(Extensions);
    this.holds = app.app.get(HoldExpiry);
  }

  static async open(clock?: FakeClock): Promise<LifecycleWorld> {
    return new LifecycleWorld(await createTestApp(clock === undefined ? {} : { clock }));
  }

  close(): Promise<void> {
    return this.app.close();
  }

  query<Row = Record<string, unknown>>(sql: string, parameters: unknown[] = []): Promise<Row[]> {
    return this.app.database.dataSource.query<Row[]>(sql, parameters);
  }

  /** @param unitCode makes it a department of that county, else it is the city's */
  async desk(unitCode?: string): Promise<Desk> {
    const department = await this.make.department(undefined, unitCode ? 'county' : 'city', unitCode ?? null);
    const official = await this.make.official(department);
    const account = await this.make.account('department', { departmentId: department.id });
    return {
      departmentId: department.id,
      officialId: official.id,
      actor: await this.actorOf(account.username),
      client: () => this.app.signIn(account.username, account.password),
    };
  }

  async taskForce(): Promise<AccountActor> {
    const office = await this.app.database.dataSource.manager.findOneByOrFail(Department, {
      isTaskForce: true,
    });
    return this.someone('task_force', { departmentId: office.id });
  }

  async someone(role: Role, over: Partial<Account> = {}): Promise<AccountActor> {
    return this.actorOf((await this.make.account(role, over)).username);
  }

  private async actorOf(username: string): Promise<AccountActor> {
    const account = await this.app.database.dataSource.manager.findOneByOrFail(Account, { username });
    const { id: accountId, role, departmentId, officialId, reportingUnitId } = account;
    if (role === null) throw new Error(`${username} has no role`);
    return { kind: 'account', accountId, role, departmentId, officialId, reportingUnitId };
  }

  async case(actor: AccountActor, unitCode?: string): Promise<SubjectRef> {
    const { id: enterpriseId } = await this.make.enterprise(unitCode);
    const id = await this.app.app.get(ReportCase).run(actor, { enterpriseId, distressType: 'stalled' });
    return { kind: 'case', id };
  }

  async problem(actor: AccountActor, caseId: string): Promise<SubjectRef> {
    const report = { title: '用地手续未办', category: 'land', cause: 'government' } as const;
    return { kind: 'problem', id: await this.app.app.get(ReportProblem).run(actor, caseId, report) };
  }

  /** A file as a row alone: its content matters to nobody here. */
  async evidence(ref: SubjectRef, kind = 'photo', source: EvidenceSource = 'enterprise'): Promise<string> {
    const own =
      ref.kind === 'case' ? { caseId: ref.id, problemId: null } : { caseId: null, problemId: ref.id };
    const id = uuidv7();
    await this.app.database.dataSource.manager.insert(CaseFile, {
      id,
      ...own,
      name: '证明.pdf',
      size: 1,
      sha256: '00',
      mediaType: 'application/pdf',
      kind,
      source,
      uploadedAt: new Date(),
      uploadedBy: null,
    });
    return id;
  }

  async row<Row = Record<string, unknown>>(ref: SubjectRef): Promise<Row> {
    const table = ref.kind === 'case' ? 'cases' : 'problems';
    const [found] = await this.query(
      `SELECT s.*, a.deadline_version, a.due_at AS assignment_due_at FROM ${table} s
         LEFT JOIN assignments a ON a.id = s.assignment_id AND a.ended_at IS NULL WHERE s.id = $1`,
      [ref.id],
    );
    if (found === undefined) throw new Error(`there is no ${ref.kind} ${ref.id}`);
    return camelRow<Row>(found);
  }

  async events({ id }: SubjectRef): Promise<StoryEvent[]> {
    const found = await this.query(
      'SELECT * FROM case_events WHERE subject_id = $1 ORDER BY effective_at, sequence',
      [id],
    );
    return found.map((row) => camelRow<StoryEvent>(row));
  }
}
