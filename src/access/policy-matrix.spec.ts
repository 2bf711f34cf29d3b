import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { POLICY } from './policy.js';
import { MATRIX_FILE, policyMatrix } from './policy-matrix.js';
import { ROLES } from './role.js';

describe('the policy matrix', () => {
  it('is committed as the policy file says it: run `npm run -s policy:matrix`', () => {
    const committed = readFileSync(path.resolve(import.meta.dirname, '../..', MATRIX_FILE), 'utf8');
    expect(committed).toBe(policyMatrix(POLICY));
  });

  it('has a column a role, one for keys, and a row a permission', () => {
    const page = policyMatrix({
      'cases.read': { roles: ['task_force'], summary: 'Cases', keyScope: 'cases.read' },
      'own_account.use': { roles: ROLES, summary: 'Oneself' },
    });
    expect(page).toContain('| `cases.read` | ✓ |  |  |  |  |  |  | `cases.read` | Cases |');
    expect(page).toContain('| `own_account.use` | ✓ | ✓ | ✓ | ✓ | ✓ | ✓ | ✓ |  | Oneself |');
  });
});

// The table of roles of the domain, where it leaves no choice.
describe('the policy', () => {
  const permissionsOf = (role: (typeof ROLES)[number]): string[] =>
    Object.entries(POLICY).flatMap(([permission, { roles }]) => (roles.includes(role) ? [permission] : []));

  it('gives every permission to somebody', () => {
    expect(Object.entries(POLICY).filter(([, { roles }]) => roles.length === 0)).toEqual([]);
  });

  it('gives administrators nothing of the work', () => {
    const work =
      /^(cases|problems|extensions|claim_pool|responsibility_lists|case_file|notes|visits|plans|instructions|opinions|ratings|files|timeline|enterprises|projects|production|imports|deliveries|reminders|statistics|saved_views|officials|deputies|data_defects)\./;
    for (const role of ['auditor', 'system_admin', 'security_admin'] as const)
      expect(permissionsOf(role).filter((permission) => work.test(permission))).toEqual([]);
  });

  it('gives nobody who handles cases an account to change', () => {
    for (const role of ['task_force', 'department', 'county', 'leader'] as const)
      expect(permissionsOf(role).filter((permission) => permission.startsWith('accounts.'))).toEqual([]);
  });
});
