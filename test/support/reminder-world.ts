import { DataSource } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { CalendarService } from '../../src/calendar/calendar.service.js';
import { OfficeTime } from '../../src/calendar/office-time.js';
import { CaseChanges, type ClocksChanged } from '../../src/cases/case-changes.js';
import type { RunningClock } from '../../src/cases/deadlines/clocks.js';
import { mobileColumns, OFFICIAL_MOBILE } from '../../src/organization/official-mobile.js';
import { Clock } from '../../src/platform/clock/clock.js';
import { Reader } from '../../src/platform/database/reader.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import { WakeUps } from '../../src/platform/queue/wake-ups.js';
import { Policies } from '../../src/reminders/policies.js';
import { ReminderPlanner } from '../../src/reminders/reminder-planner.js';
import { Sweep } from '../../src/reminders/sweep.js';
import { SweepLock } from '../../src/reminders/sweep-lock.js';
import { testPersonalData } from './personal-data.js';

export class SetClock extends Clock {
  private moment: Date;
  constructor(at: string) {
    super();
    this.moment = new Date(at);
  }
  now(): Date {
    return this.moment;
  }
  set(at: string | Date): void {
    this.moment = new Date(at);
  }
}

export class HeardRings extends WakeUps {
  readonly heard: string[] = [];
  ring(task: string): void {
    this.heard.push(task);
  }
}

export interface Person {
  duty?: 'head' | 'liaison' | 'handler' | 'leader';
  email?: string | null;
  mobile?: string | null;
  isActive?: boolean;
}

/** What reminders need around them, on a real database: departments, people, assigned cases and their clocks. */
export class ReminderWorld {
  readonly office = new OfficeTime('Asia/Shanghai');
  readonly rings = new HeardRings();
  readonly changes = new CaseChanges();
  readonly transactions: Transactions;
  readonly reader: Reader;
  readonly policies: Policies;
  readonly calendars: CalendarService;
  readonly planner: ReminderPlanner;
  readonly sweep: Sweep;
  unitId = '';
  taskForceId = '';
  private count = 0;

  constructor(
    readonly dataSource: DataSource,
    readonly clock: SetClock,
  ) {
    this.transactions = new Transactions(dataSource);
    this.reader = new Reader(dataSource);
    this.policies = new Policies(this.reader, clock);
    this.calendars = new CalendarService(this.reader, clock);
    this.planner = new ReminderPlanner(this.changes, this.policies, this.calendars, this.office, clock);
    this.planner.onModuleInit();
    this.sweep = this.anotherSweep();
  }

  /** A sweeper as a further process would have it. */
  anotherSweep(): Sweep {
    const lock = new SweepLock(this.dataSource);
    return new Sweep(
      lock,
      this.transactions,
      this.policies,
      this.calendars,
      this.office,
      this.clock,
      this.rings,
    );
  }

  /** The reference data is in the database already; this finds what the rest hangs on. */
  async open(): Promise<void> {
    const [unit] = await this.query<{ id: string }>(`SELECT id FROM reporting_units WHERE code = '610902'`);
    const [office] = await this.query<{ id: string }>(`SELECT id FROM departments WHERE is_task_force`);
    if (unit === undefined || office === undefined) throw new Error('the reference data is missing');
    this.unitId = unit.id;
    this.taskForceId = office.id;
  }

  async department(name: string): Promise<string> {
    const id = uuidv7();
    await this.run(`INSERT INTO departments (id, name, level) VALUES ($1, $2, 'city')`, [id, name]);
    return id;
  }

  async official(departmentId: string, name: string, person: Person = {}): Promise<string> {
    const id = uuidv7();
    this.count += 1;
    const { duty = 'handler', isActive = true } = person;
    const email = person.email === undefined ? `official${this.count}@ankang.example` : person.email;
    const mobile =
      person.mobile === undefined ? `1990000${String(this.count).padStart(4, '0')}` : person.mobile;
    const { mobileSealed, mobileSearchKey, isMobile } = mobileColumns(testPersonalData(), id, mobile);
    await this.run(
      `INSERT INTO officials (id, department_id, name, post, duty, email, is_active,
                              mobile_sealed, mobile_search_key, is_mobile)
       VALUES ($1, $2, $3, '干部', $4, $5, $6, $7, $8, $9)`,
      [id, departmentId, name, duty, email, isActive, mobileSealed, mobileSearchKey, isMobile],
    );
    return id;
  }

  /** Where messages to each official go, with the number opened, by number. */
  async people(): Promise<Array<{ id: string; email: string; mobile: string }>> {
    const rows = await this.query<{ id: string; email: string; mobile: string }>(
      'SELECT id, email, mobile_sealed AS mobile FROM officials WHERE is_mobile',
    );
    return rows
      .map((row) => ({ ...row, mobile: testPersonalData().open(row.mobile, OFFICIAL_MOBILE, row.id) }))
      .toSorted((a, b) => a.mobile.localeCompare(b.mobile));
  }

  /** A case with an assignment, in progress; its handling clock is due at `dueAt`. */
  async assignedCase(departmentId: string, officialId: string, dueAt: string): Promise<AssignedCase> {
    this.count += 1;
    const number = String(this.count).padStart(6, '0');
    const made = { caseId: uuidv7(), enterpriseId: uuidv7(), assignmentId: uuidv7(), dueAt: new Date(dueAt) };
    await this.run(
      `WITH enterprise AS (
         INSERT INTO enterprises (id, name, credit_code, reporting_unit_id) VALUES ($1, $2, $3, $4)
       ), subject AS (
         INSERT INTO cases (id, number, status, reporting_unit_id, reported_at, enterprise_id, distress_type, due_at, last_event_at,
                            assignment_id, lead_department_id, official_id)
         VALUES ($5, $6, 'in_progress', $4, $7, $1, 'stalled', $8, $7, $9, $10, $11)
       )
       INSERT INTO assignments (id, case_id, department_id, official_id, assigned_at, day_zero_on, acknowledge_by, due_at)
       VALUES ($9, $5, $10, $11, $7, $7::date, $7, $8)`,
      [
        made.enterpriseId,
        `安康第${number}号富硒食品有限公司`,
        `9161090000${number}00`,
        this.unitId,
        made.caseId,
        `AK-2021-${number}`,
        new Date('2021-09-01T02:00:00Z'),
        made.dueAt,
        made.assignmentId,
        departmentId,
        officialId,
      ],
    );
    return made;
  }

  async pair(enterpriseId: string, officialId: string): Promise<void> {
    await this.run(
      `INSERT INTO pairings (id, enterprise_id, official_id, from_on) VALUES ($1, $2, $3, '2021-01-01')`,
      [uuidv7(), enterpriseId, officialId],
    );
  }

  /** Tells reminders, as `cases` would, which clocks of cases run now. */
  async announce(...changes: Array<[of: AssignedCase, clocks: RunningClock[]]>): Promise<void> {
    await this.transactions.run((tx) =>
      this.changes.announce(
        tx,
        changes.map(([of, clocks]): ClocksChanged => ({
          subjectId: of.caseId,
          caseId: of.caseId,
          problemId: null,
          clocks,
        })),
      ),
    );
  }

  query<Row = Record<string, unknown>>(sql: string, parameters: unknown[] = []): Promise<Row[]> {
    return this.reader.query<Row>(sql, parameters);
  }

  private async run(sql: string, parameters: unknown[]): Promise<void> {
    await this.reader.query(sql, parameters);
  }
}

export interface AssignedCase {
  caseId: string;
  enterpriseId: string;
  assignmentId: string;
  dueAt: Date;
}

export const handling = (of: AssignedCase, deadlineVersion = 1, dueAt = of.dueAt): RunningClock => ({
  kind: 'handle',
  runId: of.assignmentId,
  assignmentId: of.assignmentId,
  deadlineAt: dueAt,
  deadlineVersion,
  complexity: null,
});
