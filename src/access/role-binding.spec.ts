import { describe, expect, it } from '@jest/globals';
import { Refusal } from '../platform/errors/refusal.js';
import { ROLES } from './role.js';
import { type Binding, requireBinding } from './role-binding.js';

const NONE: Binding = { departmentId: null, officialId: null, reportingUnitId: null };

function faultsOf(role: (typeof ROLES)[number] | null, binding: Binding): string[] {
  try {
    requireBinding(role, binding);
    return [];
  } catch (error) {
    return error instanceof Refusal
      ? error.faults.map(({ pointer, code }) => `${pointer} ${code}`)
      : ['not a refusal'];
  }
}

describe('what an account stands for', () => {
  it.each([
    ['task_force', { departmentId: 'd' }],
    ['task_force', { departmentId: 'd', officialId: 'o' }],
    ['department', { departmentId: 'd' }],
    ['county', { reportingUnitId: 'u' }],
    ['leader', { officialId: 'o' }],
    ['auditor', {}],
    ['system_admin', {}],
    ['security_admin', {}],
    [null, {}],
  ] as const)('%s with %j is right', (role, binding) => {
    expect(faultsOf(role, { ...NONE, ...binding })).toEqual([]);
  });

  it.each([
    ['department', {}, ['/departmentId FIELD_REQUIRED']],
    ['county', {}, ['/reportingUnitId FIELD_REQUIRED']],
    ['leader', {}, ['/officialId FIELD_REQUIRED']],
    ['leader', { officialId: 'o', departmentId: 'd' }, ['/departmentId FIELD_UNEXPECTED']],
    ['department', { departmentId: 'd', reportingUnitId: 'u' }, ['/reportingUnitId FIELD_UNEXPECTED']],
    [
      'auditor',
      { departmentId: 'd', officialId: 'o' },
      ['/departmentId FIELD_UNEXPECTED', '/officialId FIELD_UNEXPECTED'],
    ],
    ['system_admin', { reportingUnitId: 'u' }, ['/reportingUnitId FIELD_UNEXPECTED']],
    [null, { departmentId: 'd' }, ['/departmentId FIELD_UNEXPECTED']],
  ] as const)('%s with %j is refused', (role, binding, faults) => {
    expect(faultsOf(role, { ...NONE, ...binding })).toEqual(faults);
  });
});
