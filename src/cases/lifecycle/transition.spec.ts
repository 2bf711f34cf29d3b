import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { ROLES } from '../../access/role.js';
import { type Action, ACTIONS } from './actions.js';
import type { Asker, Snapshot } from './snapshot.js';
import { isLive, type Status, STATUSES } from './states.js';
import { allowedActions, type Decision, transition } from './transition.js';

const UNIT = 'unit-1';
const LEAD = 'department-1';
const NOW = new Date('2021-11-01T04:00:00Z');
const LATER = new Date('2021-11-02T10:00:00Z');

const asker = (role: Asker['role'], over: Partial<Asker> = {}): Asker => ({
  accountId: `account of ${role}`,
  role,
  departmentId: role === 'department' ? LEAD : null,
  reportingUnitId: role === 'county' ? UNIT : null,
  reportingUnitIds: role === 'portal' ? [UNIT] : null,
  ...over,
});

/** A case or problem in a state, with all that the state guarantees, and nothing that any guard minds. */
const subject = (status: Status, over: Partial<Snapshot> = {}): Snapshot => ({
  kind: 'case',
  status,
  reportingUnitId: UNIT,
  leadDepartmentId: status === 'reported' ? null : LEAD,
  returnCount: 0,
  assignment: ['assigned', 'in_progress', 'verifying', 'on_hold'].includes(status)
    ? { acknowledgeBy: LATER, isFinal: false }
    : null,
  closureRequest: status === 'verifying' ? { requestedBy: 'somebody', requestedByDepartmentId: LEAD } : null,
  caseStatus: null,
  openProblems: 0,
  hasOtherLiveCase: false,
  claimUntil: null,
  ...over,
});

const told = (decision: Decision): string =>
  'to' in decision ? decision.to : `${decision.refused.status} ${decision.refused.code}`;

/** The table of the domain page, written out: from, to and who. Everything else is refused. */
const MAY: ReadonlyArray<
  readonly [action: Action, from: Status, to: Status, roles: readonly Asker['role'][]]
> = [
  ['reject', 'reported', 'rejected', ['task_force']],
  ['assign', 'reported', 'assigned', ['task_force', 'county']],
  ['claim', 'reported', 'in_progress', ['department']],
  ['acknowledge', 'assigned', 'in_progress', ['department']],
  ['return', 'assigned', 'reported', ['department']],
  ['reassign', 'assigned', 'assigned', ['task_force', 'county']],
  ['reassign', 'in_progress', 'assigned', ['task_force', 'county']],
  ['request_closure', 'in_progress', 'verifying', ['department']],
  ['approve_closure', 'verifying', 'resolved', ['task_force']],
  ['send_back', 'verifying', 'in_progress', ['task_force']],
  ['hold', 'in_progress', 'on_hold', ['task_force']],
  ['resume', 'on_hold', 'in_progress', ['task_force', 'system']],
  ['reopen', 'resolved', 'assigned', ['task_force']],
  ['terminate', 'reported', 'terminated', ['task_force']],
  ['terminate', 'assigned', 'terminated', ['task_force']],
  ['terminate', 'in_progress', 'terminated', ['task_force']],
  ['terminate', 'verifying', 'terminated', ['task_force']],
  ['terminate', 'on_hold', 'terminated', ['task_force']],
];
const ANYONE: readonly Asker['role'][] = [...ROLES, 'system', 'portal'];

describe('every state × action × role', () => {
  const cells = STATUSES.flatMap((status) =>
    ACTIONS.filter((action) => action !== 'report').flatMap((action) =>
      ANYONE.map((role) => ({ status, action, role, kind: 'case' as const })),
    ),
  );

  it.each([...cells, ...cells.map((cell) => ({ ...cell, kind: 'problem' as const }))])(
    '$kind $status: $action by $role',
    ({ status, action, role, kind }) => {
      // A reported one has no lead department; one that came back has, and it does not matter.
      const given = subject(status, { kind, leadDepartmentId: LEAD });
      const line = MAY.find(([named, from]) => named === action && from === status);
      const isOfThisRole = MAY.some(([named, , , roles]) => named === action && roles.includes(role));
      const expected = line?.[3].includes(role)
        ? line[2]
        : isOfThisRole
          ? '409 CASE_TRANSITION_REFUSED'
          : '403 ACTION_NOT_YOURS';
      expect(told(transition(given, action, asker(role), NOW))).toBe(expected);
    },
  );

  const OUTSIDERS = [
    asker('department', { departmentId: 'department-2' }),
    asker('county', { reportingUnitId: 'unit-2' }),
  ];
  /** Of another department or county: the pool is open to every department, and nothing else. */
  const mayOf = (status: Status, by: Asker): Action[] =>
    MAY.filter(
      ([action, from, , roles]) =>
        from === status &&
        roles.includes(by.role) &&
        (!OUTSIDERS.includes(by) || (action === 'claim' && by.role === 'department')),
    ).map(([action]) => action);

  it.each(STATUSES)('%s: what may be done is exactly what is not refused', (status) => {
    for (const kind of ['case', 'problem'] as const) {
      for (const by of [...ANYONE.map((role) => asker(role)), ...OUTSIDERS]) {
        const given = subject(status, { kind, leadDepartmentId: LEAD });
        expect(allowedActions(given, by, NOW).toSorted()).toEqual(mayOf(status, by).toSorted());
      }
    }
  });

  const conditions = fc.record({
    returnCount: fc.nat(3),
    assignment: fc.option(
      fc.record({ acknowledgeBy: fc.date({ noInvalidDate: true }), isFinal: fc.boolean() }),
    ),
    closureRequest: fc.option(
      fc.record({
        requestedBy: fc.constantFrom('account of task_force', 'somebody'),
        requestedByDepartmentId: fc.constantFrom(null, LEAD, 'office'),
      }),
    ),
    caseStatus: fc.option(fc.constantFrom(...STATUSES)),
    openProblems: fc.nat(2),
    hasOtherLiveCase: fc.boolean(),
    claimUntil: fc.option(fc.date({ noInvalidDate: true })),
  });

  it('allows under any conditions no more than the table, and tells of just what it decides', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...STATUSES),
        fc.constantFrom(
          ...ANYONE.map((role) => asker(role, { departmentId: role === 'task_force' ? 'office' : null })),
          asker('department'),
          ...OUTSIDERS,
        ),
        conditions,
        (status, by, over) => {
          const given = subject(status, { leadDepartmentId: LEAD, ...over });
          const allowed = allowedActions(given, by, NOW);
          expect(mayOf(status, by)).toEqual(expect.arrayContaining(allowed));
          const decided = ACTIONS.filter((action) => 'to' in transition(given, action, by, NOW));
          expect(allowed).toEqual(decided.filter((action) => action !== 'report'));
        },
      ),
    );
  });

  it('leaves a state that is not live by reopening alone', () => {
    for (const status of STATUSES.filter((candidate) => !isLive(candidate))) {
      const ways = MAY.filter(([, from]) => from === status).map(([action]) => action);
      expect(ways).toEqual(status === 'resolved' ? ['reopen'] : []);
    }
  });

  it('reaches every state from the report', () => {
    const reached = new Set<Status>(['reported']);
    for (let before = 0; before !== reached.size;) {
      before = reached.size;
      for (const [, from, to] of MAY) if (reached.has(from)) reached.add(to);
    }
    expect([...reached].toSorted()).toEqual([...STATUSES].toSorted());
  });
});

describe('who', () => {
  it.each(['task_force', 'county', 'portal', 'system'] as const)('%s reports', (role) => {
    expect(told(transition(subject('reported'), 'report', asker(role), NOW))).toBe('reported');
  });

  it.each(['department', 'leader', 'auditor', 'system_admin', 'security_admin'] as const)(
    '%s does not report',
    (role) => {
      expect(told(transition(subject('reported'), 'report', asker(role), NOW))).toBe('403 ACTION_NOT_YOURS');
    },
  );

  it.each(['report', 'assign', 'reassign'] as const)(
    'a county does not %s outside its territory',
    (action) => {
      const status = action === 'reassign' ? 'assigned' : 'reported';
      for (const reportingUnitId of ['unit-2', null]) {
        const county = asker('county', { reportingUnitId });
        expect(told(transition(subject(status), action, county, NOW))).toBe('403 ACTION_NOT_YOURS');
      }
    },
  );

  it('a portal reports inside its reporting units, or everywhere where it has all of them', () => {
    const report = (reportingUnitIds: Asker['reportingUnitIds']): string =>
      told(transition(subject('reported'), 'report', asker('portal', { reportingUnitIds }), NOW));
    expect([report(null), report(['unit-2', UNIT])]).toEqual(['reported', 'reported']);
    for (const elsewhere of [[], ['unit-2'], undefined])
      expect(report(elsewhere)).toBe('403 ACTION_NOT_YOURS');
  });

  it.each(['acknowledge', 'return', 'request_closure'] as const)(
    'only the lead department may %s',
    (action) => {
      const status = action === 'request_closure' ? 'in_progress' : 'assigned';
      for (const departmentId of ['department-2', null]) {
        const other = asker('department', { departmentId });
        expect(told(transition(subject(status), action, other, NOW))).toBe('403 ACTION_NOT_YOURS');
      }
    },
  );

  it('a department without a department claims nothing', () => {
    const nobody = asker('department', { departmentId: null });
    expect(told(transition(subject('reported'), 'claim', nobody, NOW))).toBe('403 ACTION_NOT_YOURS');
  });
});

describe('conditions', () => {
  const tell = (given: Snapshot, action: Action, by: Asker, now = NOW) =>
    told(transition(given, action, by, now));

  it('one live case an enterprise', () => {
    const second = subject('reported', { hasOtherLiveCase: true });
    expect(tell(second, 'report', asker('task_force'))).toBe('409 LIVE_CASE_EXISTS');
    const closed = subject('resolved', { hasOtherLiveCase: true });
    expect(tell(closed, 'reopen', asker('task_force'))).toBe('409 LIVE_CASE_EXISTS');
  });

  it.each([
    ['resolved', '409 CASE_NOT_LIVE'],
    ['terminated', '409 CASE_NOT_LIVE'],
    ['rejected', '409 CASE_NOT_LIVE'],
    ['verifying', '409 CASE_BEING_VERIFIED'],
    ['in_progress', 'reported'],
    ['on_hold', 'reported'],
  ] as const)('a problem of a %s case: %s', (caseStatus, expected) => {
    const problem = subject('reported', { kind: 'problem', caseStatus });
    expect(tell(problem, 'report', asker('task_force'))).toBe(expected);
    const closed = subject('resolved', { kind: 'problem', caseStatus });
    const reopened = expected === 'reported' ? 'assigned' : expected;
    expect(tell(closed, 'reopen', asker('task_force'))).toBe(reopened);
  });

  it('returns only before the sign-for time, and twice', () => {
    const lead = asker('department');
    expect(tell(subject('assigned'), 'return', lead, LATER)).toBe('reported');
    expect(tell(subject('assigned'), 'return', lead, new Date(LATER.getTime() + 1))).toBe(
      '409 SIGN_FOR_TIME_PASSED',
    );
    expect(tell(subject('assigned', { returnCount: 1 }), 'return', lead)).toBe('reported');
    expect(tell(subject('assigned', { returnCount: 2 }), 'return', lead)).toBe('409 ASSIGNMENT_FINAL');
    const final = subject('assigned', { assignment: { acknowledgeBy: LATER, isFinal: true } });
    expect(tell(final, 'return', lead)).toBe('409 ASSIGNMENT_FINAL');
    expect(tell(subject('assigned', { assignment: null }), 'return', lead)).toBe('reported');
  });

  it('is claimed until the end of its window, and assigned ever after', () => {
    const open = subject('reported', { kind: 'problem', claimUntil: LATER });
    const over = new Date(LATER.getTime() + 1);
    expect(tell(open, 'claim', asker('department'), LATER)).toBe('in_progress');
    expect(tell(open, 'claim', asker('department'), over)).toBe('409 CLAIM_WINDOW_OVER');
    expect(tell(open, 'assign', asker('task_force'), over)).toBe('assigned');
    expect(allowedActions(open, asker('department'), over)).toEqual([]);
    expect(tell(open, 'claim', asker('county'), over)).toBe('403 ACTION_NOT_YOURS');
  });

  it('closes a case only when no problem of it is open', () => {
    const open = subject('in_progress', { openProblems: 1 });
    expect(tell(open, 'request_closure', asker('department'))).toBe('409 PROBLEMS_OPEN');
  });

  it.each(['approve_closure', 'send_back'] as const)(
    'the requester does not %s, nor his department',
    (action) => {
      const waiting = (requestedBy: string, requestedByDepartmentId: string | null): Snapshot =>
        subject('verifying', { closureRequest: { requestedBy, requestedByDepartmentId } });
      const office = asker('task_force', { accountId: 'me', departmentId: 'office' });
      const done = action === 'approve_closure' ? 'resolved' : 'in_progress';
      expect(tell(waiting('another', LEAD), action, office)).toBe(done);
      expect(tell(waiting('another', null), action, office)).toBe(done);
      expect(tell(waiting('me', LEAD), action, office)).toBe('403 REQUESTER_CANNOT_DECIDE');
      expect(tell(waiting('another', 'office'), action, office)).toBe('403 REQUESTER_CANNOT_DECIDE');
      expect(tell(subject('verifying', { closureRequest: null }), action, office)).toBe(done);
    },
  );
});
