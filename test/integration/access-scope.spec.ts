import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 as uuidv7 } from 'uuid';
import type { AccountActor, Caller } from '../../src/access/actor.js';
import { ROLES } from '../../src/access/role.js';
import { caseScope, enterpriseScope, problemScope, projectScope } from '../../src/access/scope.js';
import { Pairing } from '../../src/enterprises/pairing.entity.js';
import { Project } from '../../src/enterprises/projects/project.entity.js';
import type { Department } from '../../src/organization/department.entity.js';
import type { Official } from '../../src/organization/official.entity.js';
import { RegisterFactory } from '../factories/register.js';
import { SubjectFactory } from '../factories/subjects.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

let database: TestDatabase;
let make: RegisterFactory;
let subjects: SubjectFactory;
let lead: Department;
let helper: Department;
let stranger: Department;
let leader: Official;
const ids = new Map<string, string>();

const actor = (role: AccountActor['role'], binding: Partial<AccountActor> = {}): AccountActor => ({
  kind: 'account',
  accountId: uuidv7(),
  role,
  departmentId: null,
  officialId: null,
  reportingUnitId: null,
  ...binding,
});

const SCOPES = {
  cases: caseScope,
  problems: problemScope,
  enterprises: enterpriseScope,
  projects: projectScope,
};

/** Names of the rows that the scope lets through. */
async function seen(table: keyof typeof SCOPES, who: Caller): Promise<string[]> {
  const { sql, parameters } = SCOPES[table](who, 'x', 2);
  const wanted = [...ids.values()];
  const rows = await database.dataSource.query<Array<{ id: string }>>(
    `SELECT x.id FROM ${table} x WHERE x.id = ANY($1::uuid[]) AND ${sql}`,
    [wanted, ...parameters],
  );
  const found = new Set(rows.map(({ id }) => id));
  return [...ids].filter(([, id]) => found.has(id)).map(([name]) => name);
}

beforeAll(async () => {
  database = await createTestDatabase();
  make = new RegisterFactory(database.dataSource);
  subjects = new SubjectFactory(database.dataSource);
  lead = await make.department();
  helper = await make.department();
  stranger = await make.department();
  leader = await make.official(stranger, { duty: 'leader' });
  const official = await make.official(lead);

  const open = await make.enterprise('610902');
  const taken = await make.enterprise('610902');
  const zone = await make.enterprise('AK-GX');
  const openCase = await subjects.case(open);
  const ledCase = await subjects.case(taken);
  await subjects.assign(ledCase, official, helper.id);
  const zoneCase = await subjects.case(zone);
  await subjects.assign(zoneCase, await make.official(stranger));
  const problemOfLedCase = await subjects.problem(taken, { caseId: ledCase.id });
  await subjects.assign(problemOfLedCase, await make.official(stranger));
  const loneProblem = await subjects.problem(zone);
  await subjects.assign(loneProblem, official);
  const paired = {
    id: uuidv7(),
    enterpriseId: taken.id,
    officialId: leader.id,
    fromOn: '2021-01-01',
    toOn: null,
  };
  const ended = {
    id: uuidv7(),
    enterpriseId: zone.id,
    officialId: leader.id,
    fromOn: '2021-01-01',
    toOn: '2021-06-30',
  };
  const hanbin = { reportingUnitId: taken.reportingUnitId, number: 'XM-1', name: '有问题的项目' };
  const project = await addProject(hanbin);
  const ownedProject = await addProject({
    reportingUnitId: zone.reportingUnitId,
    number: 'XM-2',
    name: '所属企业在办的项目',
    enterpriseId: taken.id,
  });
  const loneProject = await addProject({
    reportingUnitId: zone.reportingUnitId,
    number: 'XM-3',
    name: '无人办理的项目',
  });
  const ofProject = await subjects.problem(taken, { enterpriseId: null, projectId: project.id });
  await subjects.assign(ofProject, official);
  const pairedProject = { ...paired, id: uuidv7(), enterpriseId: null, projectId: project.id };
  const endedProject = { ...ended, id: uuidv7(), enterpriseId: null, projectId: loneProject.id };
  await database.dataSource.manager.insert(Pairing, [paired, ended, pairedProject, endedProject]);
  const named = {
    open,
    taken,
    zone,
    openCase,
    ledCase,
    zoneCase,
    problemOfLedCase,
    loneProblem,
    ofProject,
    project,
    ownedProject,
    loneProject,
  };
  for (const [name, { id }] of Object.entries(named)) ids.set(name, id);
});

afterAll(() => database.drop());

async function addProject(over: Partial<Project>): Promise<Project> {
  const project = database.dataSource.manager.create(Project, { id: uuidv7(), version: 1, ...over });
  await database.dataSource.manager.insert(Project, project);
  return project;
}

describe('who sees what', () => {
  it('the task force: everything', async () => {
    const force = actor('task_force');
    expect(await seen('cases', force)).toEqual(['openCase', 'ledCase', 'zoneCase']);
    expect(await seen('problems', force)).toEqual(['problemOfLedCase', 'loneProblem', 'ofProject']);
    expect(await seen('projects', force)).toEqual(['project', 'ownedProject', 'loneProject']);
    expect(await seen('enterprises', force)).toEqual(['open', 'taken', 'zone']);
  });

  it('the lead department: what it leads with its problems, and the claim pool', async () => {
    const department = actor('department', { departmentId: lead.id });
    expect(await seen('cases', department)).toEqual(['openCase', 'ledCase']);
    expect(await seen('problems', department)).toEqual(['problemOfLedCase', 'loneProblem', 'ofProject']);
    expect(await seen('projects', department)).toEqual(['project', 'ownedProject']);
    expect(await seen('enterprises', department)).toEqual(['open', 'taken', 'zone']);
  });

  it('a co-handling department: what it co-handles, and the claim pool, but not the problems of others', async () => {
    const department = actor('department', { departmentId: helper.id });
    expect(await seen('cases', department)).toEqual(['openCase', 'ledCase']);
    expect(await seen('problems', department)).toEqual([]);
    expect(await seen('projects', department)).toEqual(['ownedProject']);
    expect(await seen('enterprises', department)).toEqual(['open', 'taken']);
  });

  it('a department with another case: not this one', async () => {
    const department = actor('department', { departmentId: stranger.id });
    expect(await seen('cases', department)).toEqual(['openCase', 'zoneCase']);
    expect(await seen('problems', department)).toEqual(['problemOfLedCase']);
  });

  it('a county: its own unit, not the zone that lies in it', async () => {
    const county = actor('county', { reportingUnitId: (await make.unit('610902')).id });
    expect(await seen('cases', county)).toEqual(['openCase', 'ledCase']);
    expect(await seen('problems', county)).toEqual(['problemOfLedCase', 'ofProject']);
    expect(await seen('projects', county)).toEqual(['project']);
    expect(await seen('enterprises', county)).toEqual(['open', 'taken']);
    const zone = actor('county', { reportingUnitId: (await make.unit('AK-GX')).id });
    expect(await seen('cases', zone)).toEqual(['zoneCase']);
    expect(await seen('projects', zone)).toEqual(['ownedProject', 'loneProject']);
  });

  it('a key: its own units, be they several, all, or none that there is', async () => {
    const hanbin = (await make.unit('610902')).id;
    const zone = (await make.unit('AK-GX')).id;
    const key = (reportingUnitIds: string[] | null): Caller => ({
      kind: 'api_key',
      keyId: uuidv7(),
      reportingUnitIds,
    });
    expect(await seen('cases', key([hanbin]))).toEqual(['openCase', 'ledCase']);
    expect(await seen('problems', key([hanbin]))).toEqual(['problemOfLedCase', 'ofProject']);
    expect(await seen('enterprises', key([hanbin]))).toEqual(['open', 'taken']);
    expect(await seen('projects', key([zone]))).toEqual(['ownedProject', 'loneProject']);
    expect(await seen('cases', key([hanbin, zone]))).toEqual(['openCase', 'ledCase', 'zoneCase']);
    expect(await seen('cases', key(null))).toEqual(['openCase', 'ledCase', 'zoneCase']);
    for (const nowhere of [[], [uuidv7()]]) {
      for (const table of ['cases', 'problems', 'enterprises', 'projects'] as const)
        expect(await seen(table, key(nowhere))).toEqual([]);
    }
  });

  it('a leader: what is paired now, not what was', async () => {
    const official = actor('leader', { officialId: leader.id });
    expect(await seen('cases', official)).toEqual(['ledCase']);
    expect(await seen('problems', official)).toEqual(['problemOfLedCase', 'ofProject']);
    expect(await seen('projects', official)).toEqual(['project']);
    expect(await seen('enterprises', official)).toEqual(['taken']);
  });

  it.each(ROLES.filter((role) => role !== 'task_force'))(
    '%s bound to something else, or to nothing: not these',
    async (role) => {
      const everything = { departmentId: uuidv7(), officialId: uuidv7(), reportingUnitId: uuidv7() };
      const pool = role === 'department' ? ['openCase'] : [];
      expect(await seen('cases', actor(role, everything))).toEqual(pool);
      expect(await seen('problems', actor(role, everything))).toEqual([]);
      expect(await seen('projects', actor(role, everything))).toEqual([]);
      expect(await seen('enterprises', actor(role, everything))).toEqual(
        role === 'department' ? ['open'] : [],
      );
      expect(await seen('cases', actor(role))).toEqual([]);
    },
  );
});
