import type { Transaction } from '../../platform/database/transactions.js';
import type { LedgerPlan, OfficialRef } from '../ledger/ledger-plan.js';

export interface RegisteredEnterprise {
  id: string;
  reportingUnitId: string;
}

/** Ids by the names that a ledger uses. A name the plan relies on is there, or the plan was wrong. */
export class Register {
  constructor(
    private readonly departments: ReadonlyMap<string, string>,
    private readonly officials: ReadonlyMap<string, string>,
    private readonly enterprises: ReadonlyMap<string, RegisteredEnterprise>,
  ) {}

  department(name: string): string {
    return found(this.departments.get(name), name);
  }

  official(ref: OfficialRef): string {
    return found(this.officials.get(officialKey(ref)), ref.name);
  }

  enterprise(creditCode: string): RegisteredEnterprise {
    return found(this.enterprises.get(creditCode), creditCode);
  }
}

const officialKey = ({ department, name }: OfficialRef): string => `${department}\n${name}`;

function found<Value>(value: Value | undefined, name: string): Value {
  if (value === undefined) throw new Error(`the plan names ${name}, which is not in the register`);
  return value;
}

/** Read after the directory and the enterprises of the plan have been written. */
export async function loadRegister(tx: Transaction, plan: LedgerPlan): Promise<Register> {
  const codes = [
    ...plan.cases.map((planned) => planned.creditCode),
    ...plan.problems.map((planned) => planned.creditCode),
    ...plan.figures.map((planned) => planned.creditCode),
  ];
  const departments = await tx.query<{ name: string; id: string }>('SELECT name, id FROM departments');
  const officials = await tx.query<OfficialRef & { id: string }>(
    'SELECT d.name AS department, o.name, o.id FROM officials o JOIN departments d ON d.id = o.department_id',
  );
  const enterprises = await tx.query<RegisteredEnterprise & { creditCode: string }>(
    `SELECT id, reporting_unit_id AS "reportingUnitId", credit_code AS "creditCode"
       FROM enterprises WHERE credit_code = ANY ($1)`,
    [[...new Set(codes)]],
  );
  return new Register(
    new Map(departments.map(({ name, id }) => [name, id])),
    new Map(officials.map((official) => [officialKey(official), official.id])),
    new Map(enterprises.map(({ creditCode, ...enterprise }) => [creditCode, enterprise])),
  );
}
