import { v7 as uuidv7 } from 'uuid';
import type { ClocksChanged } from '../../src/cases/case-changes.js';
import { mobileColumns } from '../../src/organization/official-mobile.js';
import { testPersonalData } from '../support/personal-data.js';
import { NOVEMBER } from './due-reminders.js';
import type { Stage } from './stage.js';

/** A ladder by which each reminder has one recipient and one channel: as many deliveries as reminders. */
const ONE_EACH = [
  { code: 'due_soon', clock: 'handle', offsetWorkingDays: -3, recipients: ['official'], channels: ['email'] },
  { code: 'sign_overdue', clock: 'sign', offsetWorkingDays: 1, recipients: ['official'], channels: ['sms'] },
];
/** Both are due at 09:00 on the morning of {@link NOVEMBER}. */
const DUE = [
  { rung: 'due_soon', kind: 'handle', channel: 'email', at: '2021-11-11T18:00:00+08:00' },
  { rung: 'sign_overdue', kind: 'sign', channel: 'sms', at: '2021-11-05T18:00:00+08:00' },
] as const;
/** Two by each channel: a digest, where both fall due in one run. */
const CASES_AN_OFFICIAL = 4;

interface ManyCase {
  id: string;
  enterpriseId: string;
  assignmentId: string;
  officialId: string;
  due: (typeof DUE)[number];
}

/** Thousands of cases, made in a few statements, with one reminder each. */
export class ManyDue {
  private constructor(
    private readonly stage: Stage,
    private readonly cases: readonly ManyCase[],
  ) {}

  /** Nothing is armed yet. */
  static async prepare(stage: Stage, reminders: number): Promise<ManyDue> {
    const { world } = stage;
    await world.query('INSERT INTO reminder_policies (version, rungs, recorded_at) VALUES (2, $1, $2)', [
      JSON.stringify(ONE_EACH),
      NOVEMBER.armedAt,
    ]);
    await world.policies.reload();
    const department = await world.department('市重点局');
    const officials = await addOfficials(stage, department, Math.ceil(reminders / CASES_AN_OFFICIAL));
    const cases = Array.from({ length: reminders }, (_, place): ManyCase => {
      const officialId = officials[Math.floor(place / CASES_AN_OFFICIAL)] ?? '';
      const due = DUE[place % 2 === 0 ? 0 : 1];
      return { id: uuidv7(), enterpriseId: uuidv7(), assignmentId: uuidv7(), officialId, due };
    });
    await addCases(stage, department, cases);
    return new ManyDue(stage, cases);
  }

  /** Arms those from one place to another, whose moment has passed already: the next sweep finds them. */
  async arm(from: number, to: number): Promise<void> {
    const { world, due } = this.stage;
    const armed = this.cases.slice(from, to);
    due.expectAlso(armed.map((one) => `${one.id} ${one.due.rung} 1 ${one.officialId} ${one.due.channel}`));
    world.clock.set(NOVEMBER.armedAt);
    const changes = armed.map((one): ClocksChanged => ({
      subjectId: one.id,
      caseId: one.id,
      problemId: null,
      clocks: [
        {
          kind: one.due.kind,
          runId: one.assignmentId,
          assignmentId: one.assignmentId,
          deadlineAt: new Date(one.due.at),
          deadlineVersion: 1,
          complexity: null,
        },
      ],
    }));
    await world.transactions.run((tx) => world.changes.announce(tx, changes));
  }
}

async function addOfficials(stage: Stage, department: string, count: number): Promise<string[]> {
  const personalData = testPersonalData();
  const rows = Array.from({ length: count }, (_, place) => {
    const id = uuidv7();
    const mobile = `188${String(place).padStart(8, '0')}`;
    return { id, email: `one${place}@ankang.example`, ...mobileColumns(personalData, id, mobile) };
  });
  await stage.world.query(
    `INSERT INTO officials (id, department_id, name, post, duty, email, is_active,
                            mobile_sealed, mobile_search_key, is_mobile)
     SELECT o.id, $1, '承办' || place, '干部', 'handler', o.email, true, o.sealed, o.search_key, true
       FROM unnest($2::uuid[], $3::text[], $4::text[], $5::bytea[]) 
            WITH ORDINALITY AS o(id, email, sealed, search_key, place)`,
    [
      department,
      rows.map(({ id }) => id),
      rows.map(({ email }) => email),
      rows.map(({ mobileSealed }) => mobileSealed),
      rows.map(({ mobileSearchKey }) => mobileSearchKey),
    ],
  );
  return rows.map(({ id }) => id);
}

/** Numbers of another year than those that come by the API. */
async function addCases(stage: Stage, department: string, cases: readonly ManyCase[]): Promise<void> {
  await stage.world.query(
    `WITH wanted AS (
       SELECT *, lpad(place::text, 6, '0') AS number
         FROM unnest($3::uuid[], $4::uuid[], $5::uuid[], $6::uuid[], $7::timestamptz[])
              WITH ORDINALITY AS w(id, enterprise_id, assignment_id, official_id, due_at, place)
     ), registered AS (
       INSERT INTO enterprises (id, name, credit_code, reporting_unit_id)
       SELECT enterprise_id, '安康第' || number || '号茶业有限公司', '9261090000' || number || '00', $1 FROM wanted
     ), reported AS (
       INSERT INTO cases (id, number, status, reporting_unit_id, reported_at, enterprise_id, distress_type, due_at,
                          last_event_at, assignment_id, lead_department_id, official_id)
       SELECT id, 'AK-2020-' || number, 'in_progress', $1, $8, enterprise_id, 'stalled', due_at, $8, assignment_id,
              $2, official_id
         FROM wanted
     )
     INSERT INTO assignments (id, case_id, department_id, official_id, assigned_at, day_zero_on, acknowledge_by, due_at)
     SELECT assignment_id, id, $2, official_id, $8, $8::date, $8, due_at FROM wanted`,
    [
      stage.world.unitId,
      department,
      cases.map(({ id }) => id),
      cases.map(({ enterpriseId }) => enterpriseId),
      cases.map(({ assignmentId }) => assignmentId),
      cases.map(({ officialId }) => officialId),
      cases.map(({ due }) => due.at),
      NOVEMBER.armedAt,
    ],
  );
}
