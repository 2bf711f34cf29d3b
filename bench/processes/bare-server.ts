import 'reflect-metadata';
import fastify from 'fastify';
import { Pool, type QueryResultRow } from 'pg';
import { AccessTokens } from '../../src/access/access-tokens.js';
import type { AccountActor } from '../../src/access/actor.js';
import { LiveSessions } from '../../src/access/live-sessions.js';
import { caseScope } from '../../src/access/scope.js';
import { OfficeTime } from '../../src/calendar/office-time.js';
import { type StatedDay, WorkingCalendar } from '../../src/calendar/working-calendar.js';
import { lightMarksAt } from '../../src/cases/deadlines/light.js';
import { CASE_JOINS, CASE_SELECT, type CaseRecord, mapCase } from '../../src/cases/views/case-view.js';
import { SystemClock } from '../../src/platform/clock/clock.js';
import { AppConfig } from '../../src/platform/config/app-config.js';
import { dataSourceOptions } from '../../src/platform/database/data-source-options.js';
import { Reader } from '../../src/platform/database/reader.js';
import { camelRow } from '../../src/platform/database/rows.js';
import { Cursors } from '../../src/platform/http/paging.js';

/**
 * The reference: a bare Fastify + pg server that gives the same JSON from the same SQL as a named statement. But for
 * one route, which tells what that costs, it asks nobody who they are and scopes nothing: no Nest, no token, no session, no validation, no log, no metrics, and the
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
const tokens = new AccessTokens(Object.assign(new AppConfig(), { tokenSecret }), new SystemClock());
const reader: Pick<Reader, 'named'> = {
  named: async <Row>(name: string, text: string, values?: readonly unknown[]) =>
    (await pool.query<Row & QueryResultRow>({ name, text, values: [...(values ?? [])] })).rows,
};
const sessions = new LiveSessions(Object.assign(Object.create(Reader.prototype), reader), new SystemClock());
const scope = caseScope(actor, 's', 2);

server.get('/ready', () => ({ status: 'ready' }));

server.get<{ Params: { id: string } }>('/api/v1/cases/:id', async (request) => {
  const { rows } = await pool.query({ name: 'read', text: READ, values: [request.params.id] });
  return mapCase(camelRow<CaseRecord>(rows[0]), context);
});

// The same with what the product asks of who is asking: its token, whether the session lives, and the scope in the SQL.
server.get<{ Params: { id: string } }>('/guarded/api/v1/cases/:id', async (request) => {
  const account = await sessions.find(await tokens.verify(request.headers.authorization?.slice(7) ?? ''));
  if (account?.role !== actor.role) throw new Error('this session is not the one that was told');
  const values = [request.params.id, ...scope.parameters];
  const { rows } = await pool.query({ name: 'guarded', text: `${READ} AND ${scope.sql}`, values });
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
