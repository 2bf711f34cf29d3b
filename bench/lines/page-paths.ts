import type { Bench } from '../bench.js';
import { AppConfig } from '../../src/platform/config/app-config.js';
import { Cursors, DEFAULT_LIMIT } from '../../src/platform/http/paging.js';
import { withClient } from '../surroundings/servers.js';

const DEEPEST = 10_000;
const NEIGHBOURS = 20;

export interface PagePaths {
  first: string[];
  deep: string[];
  /** Which page the last of the deep ones is. */
  deepest: number;
}

/** Pages of the unit's list by due date. The cursors are those that walking there would give. */
export async function pagePaths({ servers }: Bench, database: string, unit: string): Promise<PagePaths> {
  const cursors = new Cursors(Object.assign(new AppConfig(), { tokenSecret: servers.secrets.tokenSecret }));
  const list = `/api/v1/cases?reportingUnit=${unit}`;
  return withClient(servers.ownerUrl(database), async (client) => {
    const { rows } = await client.query<{ count: number }>(
      `SELECT count(*)::int FROM cases c JOIN reporting_units u ON u.id = c.reporting_unit_id WHERE u.code = $1`,
      [unit],
    );
    const deepest = Math.min(DEEPEST, Math.floor((rows[0]?.count ?? 0) / DEFAULT_LIMIT));
    const pathsOf = async (from: number, through: number): Promise<string[]> => {
      const ends = await client.query<{ page: number; due: string; id: string }>(
        `SELECT place / ${DEFAULT_LIMIT} + 1 AS page, due, id FROM (
           SELECT coalesce(c.due_at, 'infinity')::text AS due, c.id,
                  (row_number() OVER (ORDER BY coalesce(c.due_at, 'infinity'), c.id))::int AS place
             FROM cases c JOIN reporting_units u ON u.id = c.reporting_unit_id
            WHERE u.code = $1
            ORDER BY coalesce(c.due_at, 'infinity'), c.id LIMIT $2) placed
          WHERE place % ${DEFAULT_LIMIT} = 0 AND place / ${DEFAULT_LIMIT} + 1 BETWEEN $3 AND $4`,
        [unit, through * DEFAULT_LIMIT, from, through],
      );
      return ends.rows.map(({ due, id }) => `${list}&cursor=${cursors.sign('case:dueAt', [due, id])}`);
    };
    return {
      first: [list, ...(await pathsOf(2, NEIGHBOURS))],
      deep: await pathsOf(Math.max(2, deepest - NEIGHBOURS + 1), deepest),
      deepest,
    };
  });
}
