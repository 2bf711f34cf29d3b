import fastify from 'fastify';
import { Pool } from 'pg';
import type { AccountActor } from '../../src/access/actor.js';
import { OfficeTime } from '../../src/calendar/office-time.js';
import { type StatedDay, WorkingCalendar } from '../../src/calendar/working-calendar.js';
import { lightMarksAt } from '../../src/cases/deadlines/light.js';
import { CASE_JOINS, CASE_SELECT, type CaseRecord, mapCase } from '../../src/cases/views/case-view.js';
import { AppConfig } from '../../src/platform/config/app-config.js';
import { dataSourceOptions } from '../../src/platform/database/data-source-options.js';
import { camelRow } from '../../src/platform/database/rows.js';
import { Cursors } from '../../src/platform/http/paging.js';

/**
 * The reference: a bare Fastify + pg server that gives the same JSON from the same SQL as a named statement. It asks
 * nobody who they are and scopes nothing: no Nest, no token, no session, no validation, no log, no metrics, and the
 * moments on which lights turn are read once. Its one argument is {@link BareOptions} as JSON.
 */
export interface BareOptions {
  databaseUrl: string;
  tokenSecret: string;
  /** For whom the product answers: `allowedActions` depends on it. */
  actor: AccountActor;
}

const LIMIT = 25;
const LIST = 'case:dueAt';
const READ = `SELECT ${CASE_SELECT} FROM cases s ${CASE_JOINS} WHERE s.id = $1`;
const listFrom = (beyond: string): string => `
  WITH page AS MATERIALIZED (
    SELECT s.id, coalesce(s.due_at, 'infinity') AS sort_key FROM cases s
     WHERE s.reporting_unit_id = (SELECT id FROM reporting_units WHERE code = $1) ${beyond}
     ORDER BY coalesce(s.due_at, 'infinity') ASC, s.id ASC LIMIT ${LIMIT + 1})
  SELECT ${CASE_SELECT}, page.sort_key::text
    FROM page JOIN cases s ON s.id = page.id ${CASE_JOINS}
   ORDER BY page.sort_key ASC, s.id ASC`;
const FIRST_PAGE = listFrom('');
const LATER_PAGE = listFrom(
  `AND (coalesce(s.due_at, 'infinity'), s.id) > ((SELECT $2::timestamptz), (SELECT $3::uuid))`,
);

const { databaseUrl, tokenSecret, actor }: BareOptions = JSON.parse(process.argv[2] ?? '{}');
// The settings of the product's connections: dates stay text, and as many of them.
dataSourceOptions(databaseUrl, 20, []);
const pool = new Pool({ connectionString: databaseUrl, max: 20 });
const cursors = new Cursors(Object.assign(new AppConfig(), { tokenSecret }));
const days = await pool.query<StatedDay>(
  'SELECT day::text AS day, is_working AS "isWorking" FROM calendar_days',
);
const marks = lightMarksAt(new Date(), WorkingCalendar.of(days.rows), new OfficeTime('Asia/Shanghai'));
const context = { actor, marks };

const server = fastify();

server.get('/ready', () => ({ status: 'ready' }));

server.get<{ Params: { id: string } }>('/api/v1/cases/:id', async (request) => {
  const { rows } = await pool.query({ name: 'read', text: READ, values: [request.params.id] });
  return mapCase(camelRow<CaseRecord>(rows[0]), context);
});

server.get<{ Querystring: { reportingUnit: string; cursor?: string } }>('/api/v1/cases', async (request) => {
  const { reportingUnit, cursor } = request.query;
  const { rows } = await pool.query(
    cursor === undefined
      ? { name: 'first-page', text: FIRST_PAGE, values: [reportingUnit] }
      : { name: 'later-page', text: LATER_PAGE, values: [reportingUnit, ...cursors.open(LIST, cursor)] },
  );
  return cursors.page(
    LIST,
    rows.map((row) => camelRow<CaseRecord>(row)),
    LIMIT,
    (row) => mapCase(row, context),
    (row) => [row.sortKey ?? null, row.id],
  );
});

await server.listen({ port: Number(process.env['PORT']), host: '127.0.0.1' });
