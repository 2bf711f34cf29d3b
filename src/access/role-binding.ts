import { type Fault, Refusal } from '../platform/errors/refusal.js';
import type { Role } from './role.js';

/** What of the organisation an account stands for. */
export interface Binding {
  departmentId: string | null;
  officialId: string | null;
  reportingUnitId: string | null;
}

type Field = keyof Binding;
const FIELDS: readonly Field[] = ['departmentId', 'officialId', 'reportingUnitId'];

interface Rule {
  needs: Field | null;
  may: readonly Field[];
}

const NOTHING: Rule = { needs: null, may: [] };

/** What each role needs, and what it may have besides; whatever is named in neither must be empty. */
const RULES: Record<Role, Rule> = {
  task_force: { needs: 'departmentId', may: ['officialId'] },
  department: { needs: 'departmentId', may: ['officialId'] },
  county: { needs: 'reportingUnitId', may: ['officialId'] },
  leader: { needs: 'officialId', may: [] },
  auditor: NOTHING,
  system_admin: NOTHING,
  security_admin: NOTHING,
};

/** @throws Refusal 400 ACCOUNT_BINDING_INVALID with each field that is missing or too much. */
export function requireBinding(role: Role | null, binding: Binding): void {
  const { needs, may } = role === null ? NOTHING : RULES[role];
  const wrong = FIELDS.filter((field) =>
    binding[field] === null ? field === needs : field !== needs && !may.includes(field),
  );
  if (wrong.length === 0) return;
  const faults: Fault[] = wrong.map((field) => ({
    pointer: `/${field}`,
    code: field === needs ? 'FIELD_REQUIRED' : 'FIELD_UNEXPECTED',
  }));
  throw new Refusal(400, 'ACCOUNT_BINDING_INVALID', { role: role ?? '—', binding: needs ?? '—' }, faults);
}
