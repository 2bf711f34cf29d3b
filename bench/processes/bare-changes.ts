import fastify from 'fastify';
import { Pool, type QueryResult } from 'pg';
import { dataSourceOptions } from '../../src/platform/database/data-source-options.js';
import { readRecordings } from './statements.js';

/**
 * The reference of changes: a bare Fastify + pg server that sends the statements which the product sent, on one
 * connection, and answers the last one's rows. Its one argument is {@link BareChangesOptions} as JSON.
 */
export interface BareChangesOptions {
  databaseUrl: string;
  /** Written by record-assignments.ts. */
  file: string;
}

const { databaseUrl, file }: BareChangesOptions = JSON.parse(process.argv[2] ?? '{}');
// The settings of the product's connections, and as many of them.
dataSourceOptions(databaseUrl, 20, []);
const pool = new Pool({ connectionString: databaseUrl, max: 20 });
const recordings = readRecordings(file);
const server = fastify();

server.get('/ready', () => ({ status: 'ready' }));

server.post<{ Params: { id: string } }>('/api/v1/cases/:id/assign', async (request) => {
  const client = await pool.connect();
  try {
    let last: QueryResult | undefined;
    for (const statement of recordings.get(request.params.id) ?? []) last = await client.query(statement);
    return last?.rows[0];
  } finally {
    client.release();
  }
});

await server.listen({ port: Number(process.env['PORT']), host: '127.0.0.1' });
