import { describe, expect, it } from '@jest/globals';
import { type AccountActor, type ApiKeyActor, SYSTEM } from './actor.js';
import { ROLES, type Role } from './role.js';
import { caseScope, enterpriseScope, problemScope, projectScope, scopeName } from './scope.js';

const actor = (role: Role, binding: Partial<AccountActor> = {}): AccountActor => ({
  kind: 'account',
  accountId: 'a',
  role,
  departmentId: null,
  officialId: null,
  reportingUnitId: null,
  ...binding,
});

const SCOPES = { caseScope, problemScope, enterpriseScope, projectScope };
const BOUND: Partial<Record<Role, Partial<AccountActor>>> = {
  department: { departmentId: 'd' },
  county: { reportingUnitId: 'u' },
  leader: { officialId: 'o' },
};

describe.each(Object.entries(SCOPES))('%s', (_, scope) => {
  it('is everything for the task force and for clocks', () => {
    expect(scope(actor('task_force'), 'x', 1)).toEqual({ sql: 'true', parameters: [] });
    expect(scope(SYSTEM, 'x', 1)).toEqual({ sql: 'true', parameters: [] });
  });

  it.each(['department', 'county', 'leader'] as const)(
    'is narrowed for %s by what it is bound to alone',
    (role) => {
      const { sql, parameters } = scope(actor(role, BOUND[role]), 'x', 3);
      expect(parameters).toEqual(Object.values(BOUND[role] ?? {}));
      expect(sql).toContain('$3');
      expect(sql).not.toMatch(/\$[124]/);
      expect(sql).toMatch(/^\(.*\)$/s);
    },
  );

  it.each(['department', 'county', 'leader'] as const)('is nothing for %s without its binding', (role) => {
    expect(scope(actor(role), 'x', 1)).toEqual({ sql: 'false', parameters: [] });
  });

  it.each(ROLES.filter((role) => role.endsWith('admin') || role === 'auditor'))(
    'is nothing for %s',
    (role) => {
      const everything = { departmentId: 'd', officialId: 'o', reportingUnitId: 'u' };
      expect(scope(actor(role, everything), 'x', 1)).toEqual({ sql: 'false', parameters: [] });
    },
  );

  const key = (reportingUnitIds: ApiKeyActor['reportingUnitIds']): ApiKeyActor => ({
    kind: 'api_key',
    keyId: 'k',
    reportingUnitIds,
  });

  it('is narrowed for a key by its reporting units alone, and is everything for one of all units', () => {
    const sql = '(x.reporting_unit_id = ANY ($3::uuid[]))';
    expect(scope(key(['u', 'v']), 'x', 3)).toEqual({ sql, parameters: [['u', 'v']] });
    expect(scope(key([]), 'x', 3)).toEqual({ sql, parameters: [[]] });
    expect(scope(key(null), 'x', 3)).toEqual({ sql: 'true', parameters: [] });
  });

  it('has one statement under each name', () => {
    const everyone = [...ROLES.map((role) => actor(role, BOUND[role])), key(['u']), key(null), SYSTEM];
    const byName = new Map<string, Set<string>>();
    for (const who of everyone) {
      const name = scopeName(who);
      byName.set(name, (byName.get(name) ?? new Set()).add(scope(who, 'x', 1).sql));
    }
    expect([...byName.values()].filter(({ size }) => size > 1)).toEqual([]);
  });

  it('is nothing for a role that nobody has heard of', () => {
    const stranger = JSON.parse('{"kind":"account","role":"mayor","departmentId":"d","reportingUnitId":"u"}');
    expect(scope(stranger, 'x', 1)).toEqual({ sql: 'false', parameters: [] });
  });
});
