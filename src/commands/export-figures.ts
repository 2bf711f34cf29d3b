import { parseArgs } from 'node:util';
import { SYSTEM } from '../access/actor.js';
import { BY_SYSTEM, SecurityTrail } from '../access/security-trail.js';
import { loadLocale } from '../platform/config/app-config.js';
import { LOCALES } from '../platform/errors/message-text.js';
import { INSTANT, instantOf } from '../platform/http/instant.js';
import { UsageError } from '../run-process.js';
import { EXPORTED_TABLES } from '../statistics/export/export-ask.js';
import { exportedEvent } from '../statistics/export/exported-event.js';
import { FORMAT_NAMES } from '../statistics/export/formats.js';
import { ClosureExports } from '../statistics/export/closure-exports.js';
import { BYS } from '../statistics/table/groupings.js';
import { SUBJECT_KINDS } from '../statistics/weekly-query.js';
import { progressBar } from './progress-bar.js';
import { withProduct } from './with-product.js';
import { requireFree, writeOut } from './write-out.js';

export const EXPORT_USAGE =
  'weekly WEEK|period PERIOD [--format xlsx|docx|csv|json] [--table T] [--subject S] [--by B] [--as-of INSTANT] [--lang L] [--out FILE|-] [--force]';

/** `export weekly 2021-W44 --format xlsx`, `export period 2021-10`: figures as a file, or on the standard output; recorded in the trail. */
export async function exportFigures(args: string[]): Promise<void> {
  const { format, out, force, ...asked } = readArgs(args);
  if (out !== undefined) await requireFree(out, force);
  const written = await withProduct(async (app) => {
    const progress = { done: 0, of: 0 };
    const ask = { ...asked, actor: SYSTEM, progress };
    const file = await app.get(ClosureExports).prepare(format, ask);
    const target = out ?? file.plainName;
    await requireFree(target, force);
    await app.get(SecurityTrail).recordAlone(exportedEvent(BY_SYSTEM, format, ask, file.asOf));
    const bar = progressBar(process.stderr, () => Promise.resolve(progress));
    try {
      return { target, bytes: await writeOut(file.content(), target, force) };
    } finally {
      await bar.stop();
    }
  });
  process.stderr.write(
    `${written.target === '-' ? 'standard output' : written.target}: ${written.bytes} bytes\n`,
  );
}

function readArgs(args: string[]) {
  const { values, positionals } = parsed(args);
  const [kind, period, ...others] = positionals;
  if ((kind !== 'weekly' && kind !== 'period') || period === undefined || others.length > 0) throw usage();
  return {
    period,
    isWeek: kind === 'weekly',
    format: oneOf(FORMAT_NAMES, '--format', values.format ?? 'xlsx'),
    table: oneOf(EXPORTED_TABLES, '--table', values.table ?? 'closure'),
    cut: {
      subject: oneOf(SUBJECT_KINDS, '--subject', values.subject ?? 'case'),
      by: oneOf(BYS, '--by', values.by ?? 'reportingUnit'),
    },
    asOf: values['as-of'] === undefined ? undefined : momentOf(values['as-of']),
    locale: oneOf(LOCALES, '--lang', values.lang ?? loadLocale()),
    out: values.out,
    force: values.force,
  };
}

function parsed(args: string[]) {
  const text = { type: 'string' } as const;
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        format: text,
        table: text,
        subject: text,
        by: text,
        'as-of': text,
        lang: text,
        out: text,
        force: { type: 'boolean', default: false },
      },
    });
  } catch (error) {
    throw usage(error instanceof Error ? error.message : String(error));
  }
}

const usage = (what?: string): UsageError =>
  new UsageError([...(what === undefined ? [] : [what]), `export ${EXPORT_USAGE}`].join('\n'));

function oneOf<Known extends string>(known: readonly Known[], option: string, value: string): Known {
  const found = known.find((one) => one === value);
  if (found === undefined) throw usage(`${option} is one of ${known.join(', ')}`);
  return found;
}

function momentOf(text: string): Date {
  if (!INSTANT.test(text))
    throw usage('--as-of is an instant with offset, such as 2021-11-08T09:00:00+08:00');
  return instantOf(text, '--as-of');
}
