import { v7 as uuidv7 } from 'uuid';
import { phoneColumns } from '../../enterprises/enterprise-phone.js';
import { addDepartment } from '../../organization/add-department.js';
import { mobileColumns } from '../../organization/official-mobile.js';
import { bulkInsert } from '../../platform/database/bulk-insert.js';
import { assignments } from '../../platform/database/rows.js';
import type { Transaction } from '../../platform/database/transactions.js';
import type { PersonalData } from '../../platform/personal-data/personal-data.js';
import { SINCE_ALWAYS } from '../../platform/clock/since-always.js';
import type { LedgerPlan, PlannedCase, PlannedEnterprise } from '../ledger/ledger-plan.js';
import type { Register } from './register.js';

/** Departments and officials that the ledger's directory adds, and officials of whom it says something new. */
export async function writeDirectory(
  tx: Transaction,
  plan: LedgerPlan,
  now: Date,
  personalData: PersonalData,
): Promise<void> {
  const units = await unitIds(tx);
  for (const { name, level, reportingUnitCode } of plan.departments) {
    const reportingUnitId = reportingUnitCode === null ? null : (units.get(reportingUnitCode) ?? null);
    await addDepartment(tx, now, { name, code: null, level, reportingUnitId });
  }
  const departments = await tx.query<{ name: string; id: string }>('SELECT name, id FROM departments');
  const idByName = new Map(departments.map(({ name, id }) => [name, id]));
  const officials = plan.officials.map(({ department, name, post, duty, mobile, email }) => {
    const id = uuidv7();
    const departmentId = idByName.get(department);
    return { id, departmentId, name, post, duty, email, ...mobileColumns(personalData, id, mobile) };
  });
  await bulkInsert(tx, 'officials', officials);
  for (const { officialId, post, duty, mobile, email } of plan.officialUpdates) {
    const set = assignments(
      { post, duty, email, ...(mobile !== undefined && mobileColumns(personalData, officialId, mobile)) },
      2,
    );
    await tx.query(`UPDATE officials SET version = version + 1, ${set.sql} WHERE id = $1`, [
      officialId,
      ...set.parameters,
    ]);
  }
}

/** New enterprises, each with its first revision, which holds since always. */
export async function writeEnterprises(
  tx: Transaction,
  planned: readonly PlannedEnterprise[],
  now: Date,
  personalData: PersonalData,
): Promise<void> {
  const units = await unitIds(tx);
  const rows = planned.map(({ row: _row, reportingUnitCode, contactPhone, ...enterprise }) => {
    const id = uuidv7();
    return {
      id,
      ...enterprise,
      ...phoneColumns(personalData, id, contactPhone),
      reportingUnitId: units.get(reportingUnitCode),
      park: null,
    };
  });
  await bulkInsert(tx, 'enterprises', rows);
  const revisions = rows.map(({ id, name, reportingUnitId, industryCode, sizeClass }) => ({
    id: uuidv7(),
    enterpriseId: id,
    effectiveAt: SINCE_ALWAYS,
    recordedAt: now,
    name,
    reportingUnitId,
    industryCode,
    sizeClass,
  }));
  await bulkInsert(tx, 'enterprise_revisions', revisions);
}

/** Leaders that the case rows name, from today on; a pairing that lasts already is left as it is. */
export async function writePairings(
  tx: Transaction,
  cases: readonly PlannedCase[],
  register: Register,
  today: string,
): Promise<void> {
  const named = cases.flatMap(({ creditCode, leader }) =>
    leader === null
      ? []
      : [{ enterpriseId: register.enterprise(creditCode).id, officialId: register.official(leader) }],
  );
  await tx.query(
    `INSERT INTO pairings (id, enterprise_id, official_id, from_on)
     SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::uuid[]) CROSS JOIN (SELECT $4::date) AS begun
     ON CONFLICT DO NOTHING`,
    [
      named.map(() => uuidv7()),
      named.map((pairing) => pairing.enterpriseId),
      named.map((pairing) => pairing.officialId),
      today,
    ],
  );
}

async function unitIds(tx: Transaction): Promise<Map<string, string>> {
  const units = await tx.query<{ code: string; id: string }>('SELECT code, id FROM reporting_units');
  return new Map(units.map(({ code, id }) => [code, id]));
}
