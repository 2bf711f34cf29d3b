import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { SYSTEM } from '../access/actor.js';
import { BY_SYSTEM, SecurityTrail } from '../access/security-trail.js';
import { CaseExportQuery, ProblemExportQuery } from '../cases/export/export-query.js';
import { SubjectExports } from '../cases/export/subject-exports.js';
import { givenOut } from '../platform/files/export-files.js';
import { UsageError } from '../run-process.js';
import { parsedArgs } from './parsed-args.js';
import { withProduct } from './with-product.js';
import { requireFree, writeOut } from './write-out.js';

const MANY = [
  'status',
  'reportingUnit',
  'distressType',
  'light',
  'category',
  'cause',
  'leadDepartment',
  'official',
  'campaign',
  'case',
  'project',
];
const ONE = ['overdue', 'openedFrom', 'openedTo', 'dueFrom', 'dueTo', 'q', 'sort', 'format', 'lang'];
const optionOf = (field: string): string => field.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

export const LIST_USAGE = `cases|problems [--format xlsx|csv|json] [--status S]… [${[
  ...MANY.slice(1),
  ...ONE.slice(0, -2),
]
  .map((field) => `--${optionOf(field)}`)
  .join('|')} VALUE]… [--lang L] [--out FILE|-] [--force]`;

/** `export cases --status assigned --format csv`: the list with its filters as a file; recorded in the trail. */
export async function exportList(what: 'cases' | 'problems', args: string[]): Promise<void> {
  const { out, force, format, query } = readArgs(args);
  const target = out ?? `${what}.${format}`;
  await requireFree(target, force);
  const written = await withProduct(async (app) => {
    const exports = app.get(SubjectExports);
    const { draft, format, rows } =
      what === 'cases'
        ? await exports.ofCases(SYSTEM, valid(CaseExportQuery, query))
        : await exports.ofProblems(SYSTEM, valid(ProblemExportQuery, query));
    const payload = { what: `${what}_list`, format, filters: query, rows, sha256: draft.sha256 };
    await app.get(SecurityTrail).recordAlone({ type: 'exported', actor: BY_SYSTEM, payload });
    return { rows, bytes: await writeOut(await givenOut(draft), target, force) };
  });
  process.stderr.write(`${target}: ${written.rows} rows, ${written.bytes} bytes\n`);
}

function readArgs(args: string[]) {
  const options = Object.fromEntries([
    ...MANY.map((field) => [optionOf(field), { type: 'string', multiple: true }] as const),
    ...ONE.map((field) => [optionOf(field), { type: 'string' }] as const),
  ]);
  const { values } = parsedArgs(
    {
      args,
      options: { ...options, out: { type: 'string' }, force: { type: 'boolean', default: false } },
    },
    `export ${LIST_USAGE}`,
  );
  const known: Readonly<Record<string, unknown>> = values;
  const said = [...MANY, ...ONE].map((field) => [field, known[optionOf(field)]] as const);
  const query: Record<string, unknown> = Object.fromEntries(said.filter(([, value]) => value !== undefined));
  const { format } = known;
  return {
    out: values.out,
    force: values.force,
    format: typeof format === 'string' ? format : 'xlsx',
    query,
  };
}

/** By the rules of the route. @throws UsageError */
function valid<Query extends object>(type: new () => Query, fields: Record<string, unknown>): Query {
  const query = plainToInstance(type, fields);
  const faults = validateSync(query, { whitelist: true, forbidNonWhitelisted: true });
  if (faults.length === 0) return query;
  const told = faults.map(({ property, constraints }) =>
    [`--${optionOf(property)}:`, ...Object.values(constraints ?? {})].join(' '),
  );
  throw new UsageError([...told, `export ${LIST_USAGE}`].join('\n'));
}
