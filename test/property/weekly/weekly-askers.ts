import { v7 as uuidv7 } from 'uuid';
import { Pairing } from '../../../src/enterprises/pairing.entity.js';
import { RegisterFactory } from '../../factories/register.js';
import { PortalKeys } from '../../support/portal-keys.js';
import type { Client } from '../../support/test-app.js';
import type { WeeklyWorld } from './weekly-world.js';

/** Somebody who asks, and the cases and problems that the domain page lets them see. */
export interface Asker {
  client: Client;
  seen: ReadonlySet<string>;
}

export const ASKERS = ['task_force', 'department', 'county', 'leader', 'key', 'key of one unit'] as const;
export type AskerName = (typeof ASKERS)[number];

/** Every so-many-th is co-handled, or paired. */
const SOME = 4;
const WORKED = (of: string, department: string): string =>
  `${of}.lead_department_id = '${department}' OR ${of}.status = 'reported' OR EXISTS (
     SELECT 1 FROM co_handlers h WHERE h.assignment_id = ${of}.assignment_id AND h.department_id = '${department}')`;

/** One of each, in scope of a part of what there is. */
export async function askersOf({ app, clock, ledger }: WeeklyWorld): Promise<Record<AskerName, Asker>> {
  const { dataSource } = app.database;
  const make = new RegisterFactory(dataSource);
  const departmentId = ledger.desks[0]?.id ?? '';
  const helperId = ledger.desks[2]?.id ?? '';
  const unitId = ledger.units[0] ?? '';
  const leader = await make.official(await make.department(), { duty: 'leader' });
  await dataSource.query(
    `INSERT INTO co_handlers (id, assignment_id, department_id, due_at, deadline_version)
     SELECT gen_random_uuid(), id, CASE WHEN place % 2 = 0 THEN $1 ELSE $2 END::uuid, due_at, 1
       FROM (SELECT *, row_number() OVER (ORDER BY id) AS place FROM assignments) a WHERE place % $3 = 0`,
    [departmentId, helperId, SOME],
  );
  const homes = await dataSource.query<Array<{ enterpriseId: string | null; projectId: string | null }>>(
    `SELECT id AS "enterpriseId", NULL AS "projectId" FROM enterprises UNION ALL SELECT NULL, id FROM projects ORDER BY 1, 2`,
  );
  for (const home of homes.filter((_home, place) => place % SOME === 0))
    await dataSource.manager.insert(Pairing, {
      id: uuidv7(),
      ...home,
      officialId: leader.id,
      fromOn: '2021-01-01',
    });
  const signedIn = async (...account: Parameters<RegisterFactory['account']>): Promise<Client> => {
    const { username, password } = await make.account(...account);
    return app.signIn(username, password);
  };
  const keys = new PortalKeys(app, clock);
  const seen = async (ofCases: string, ofProblems = ofCases): Promise<Set<string>> => {
    const rows = await dataSource.query<Array<{ id: string }>>(
      `SELECT s.id FROM cases s WHERE ${ofCases}
       UNION ALL
       SELECT s.id FROM problems s LEFT JOIN cases c ON c.id = s.case_id WHERE ${ofProblems}`,
    );
    return new Set(rows.map(({ id }) => id));
  };
  const worked = WORKED('s', departmentId);
  const paired = `s.enterprise_id IN (SELECT enterprise_id FROM pairings)`;
  const inUnit = `s.reporting_unit_id = '${unitId}'`;
  return {
    task_force: { client: await app.as('task_force'), seen: await seen('true') },
    department: {
      client: await signedIn('department', { departmentId }),
      seen: await seen(worked, `${worked} OR c.lead_department_id = '${departmentId}'`),
    },
    county: { client: await signedIn('county', { reportingUnitId: unitId }), seen: await seen(inUnit) },
    leader: {
      client: await signedIn('leader', { officialId: leader.id }),
      seen: await seen(paired, `${paired} OR s.project_id IN (SELECT project_id FROM pairings)`),
    },
    key: { client: (await keys.made(['statistics.read'])).client, seen: await seen('true') },
    'key of one unit': {
      client: (await keys.made(['statistics.read'], ['610902'])).client,
      seen: await seen(inUnit),
    },
  };
}
