import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { AccountActor } from '../../src/access/actor.js';
import type { AssignmentInput } from '../../src/cases/verbs/assign.js';
import type { Bench } from '../bench.js';
import { drawIds, insertReported } from '../data/reported-cases.js';
import type { BareChangesOptions } from '../processes/bare-changes.js';
import type { AssignmentsToRecord } from '../processes/record-assignments.js';
import type { Line } from '../report/figures.js';
import { type Running, startProcess } from '../surroundings/process.js';
import { productEnvironment, runScript, startProduct } from '../surroundings/product.js';
import { withClient } from '../surroundings/servers.js';
import { load, type Request } from './http-load.js';
import {
  exampleAccounts,
  p99Of,
  ratioLine,
  type Results,
  type Side,
  SIDES,
  sessionOf,
  turnsOf,
} from './sides.js';

const UNIT = '610902';
const A_ROUND = 1_000;
const WARM_UP = 320;
const CHANGED = ['enterprises', 'cases', 'case_events', 'assignments', 'reminders'];

/**
 * A case is assigned: event, assignment, reminders and the new state in one transaction, then read for the answer. The
 * reference sends the very statements that the product sent for these cases, to another copy of the data set.
 */
export async function transitionLines(bench: Bench, database: string, other: string): Promise<Line[]> {
  const { options, data, servers, launch } = bench;
  const { connections, rounds } = options;
  const even = (count: number): number => Math.ceil(count / connections) * connections;
  const drawn = drawIds(even(WARM_UP) + rounds * even(A_ROUND));
  const accounts = await exampleAccounts(bench, database);
  const file = path.join(data.reports, 'assignments.bin');
  const input = await assignmentOf(bench, database);
  const actor = await taskForceOf(bench, database);
  for (const copy of [database, other])
    await withClient(servers.ownerUrl(copy), (owner) => insertReported(owner, drawn, UNIT));
  await record(bench, other, { actor, caseIds: drawn.caseIds, input, file });
  for (const copy of [database, other])
    await withClient(servers.ownerUrl(copy), (owner) =>
      owner.query(`VACUUM (ANALYZE) ${CHANGED.join(', ')}`),
    );

  const product = await startProduct(bench, database);
  const bare = await startBareChanges(bench, other, file);
  try {
    const session = await sessionOf(product, accounts, 'task_force');
    const left = [...drawn.caseIds];
    const body = JSON.stringify(input);
    const assign = async (count: number, side: Side, from: readonly string[]) => {
      const requests: Request[] = from
        .slice(0, count)
        .map((id) => ({ method: 'POST', path: `/api/v1/cases/${id}/assign`, body }));
      return load({
        server: { product, bare }[side],
        headers: await session.headers(),
        requests,
        connections,
      });
    };
    for (const side of SIDES) await assign(even(WARM_UP), side, left);
    left.splice(0, even(WARM_UP));
    const results: Results = { product: [], bare: [] };
    for (let round = 0; round < rounds; round += 1) {
      for (const side of turnsOf(round)) results[side].push(await assign(even(A_ROUND), side, left));
      left.splice(0, even(A_ROUND));
      launch.progress.note(`  assign a case: round ${round + 1} of ${rounds}`);
    }
    const p99 = p99Of(results.product);
    const line = ratioLine('assign a case', results, 0.5);
    return [
      {
        ...line,
        target: '≥ 0.5 of the same SQL, p99 < 100 ms',
        isMet: line.isMet === true && p99 < 100,
        note: 'the reference is a bare Fastify + pg server that sends the recorded statements of the same assignments',
      },
    ];
  } finally {
    await product.stop();
    await bare.stop();
  }
}

async function record(bench: Bench, database: string, asked: AssignmentsToRecord): Promise<void> {
  const plan = path.join(bench.data.reports, 'assignments.json');
  writeFileSync(plan, JSON.stringify(asked));
  await runScript<true>(bench, 'record', 'bench/processes/record-assignments.js', [plan], database);
}

async function startBareChanges(bench: Bench, database: string, file: string): Promise<Running> {
  const options: BareChangesOptions = { databaseUrl: bench.servers.applicationUrl(database), file };
  return startProcess(bench, {
    name: 'bare',
    module: 'bench/processes/bare-changes.js',
    args: [JSON.stringify(options)],
    env: productEnvironment(bench, database),
    readyPath: '/ready',
  });
}

/** To a department of the unit and someone of it. */
async function assignmentOf({ servers }: Bench, database: string): Promise<AssignmentInput> {
  const { rows } = await withClient(servers.ownerUrl(database), (client) =>
    client.query<{ departmentId: string; officialId: string }>(
      `SELECT d.id AS "departmentId", o.id AS "officialId"
         FROM departments d JOIN officials o ON o.department_id = d.id JOIN reporting_units u ON u.id = d.reporting_unit_id
        WHERE u.code = $1 AND o.duty = 'handler' ORDER BY d.id, o.id LIMIT 1`,
      [UNIT],
    ),
  );
  const [answerable] = rows;
  if (answerable === undefined) throw new Error(`there is no department in ${UNIT}`);
  return { ...answerable, complexity: 'general' };
}

async function taskForceOf({ servers }: Bench, database: string): Promise<AccountActor> {
  const { rows } = await withClient(servers.ownerUrl(database), (client) =>
    client.query<{ accountId: string; departmentId: string }>(
      `SELECT id AS "accountId", department_id AS "departmentId" FROM accounts WHERE role = 'task_force' LIMIT 1`,
    ),
  );
  const [account] = rows;
  if (account === undefined) throw new Error('there is no account of the task force');
  return { kind: 'account', role: 'task_force', ...account, officialId: null, reportingUnitId: null };
}
