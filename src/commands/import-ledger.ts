import { createReadStream } from 'node:fs';
import { access } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { ImportsService } from '../intake/imports.service.js';
import type { LedgerImport } from '../intake/ledger-import.entity.js';
import { Reader } from '../platform/database/reader.js';
import { UsageError } from '../run-process.js';
import { importSummary } from './import-summary.js';
import { withProduct } from './with-product.js';

const BAR_WIDTH = 30;

/** `import FILE [--preview] [--reject-all]`: takes a ledger workbook in and prints what came of it. */
export async function importLedger(args: string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      preview: { type: 'boolean', default: false },
      'reject-all': { type: 'boolean', default: false },
    },
  });
  const [file] = positionals;
  if (file === undefined) throw new UsageError('import FILE [--preview] [--reject-all]');
  await access(file).catch(() => {
    throw new UsageError(`${file} cannot be read`);
  });
  const result = await withProduct(async (app) => {
    const imports = app.get(ImportsService);
    const bar = showProgress(app.get(Reader));
    try {
      const id = await imports.runNow({
        fileName: path.basename(file),
        content: createReadStream(file),
        mode: values.preview ? 'preview' : 'commit',
        onError: values['reject-all'] ? 'reject_all' : 'keep_valid',
        createdBy: null,
      });
      return await imports.get(id);
    } finally {
      bar.stop();
    }
  });
  process.stdout.write(`${importSummary(result, Number.POSITIVE_INFINITY)}\n`);
  if (result.status === 'failed') process.exitCode = 1;
}

/** A bar on a terminal, nothing in a pipe. */
function showProgress(reader: Reader): { stop: () => void } {
  if (!process.stderr.isTTY) return { stop: () => undefined };
  const stopped = new AbortController();
  const draw = async (): Promise<void> => {
    while (!stopped.signal.aborted) {
      const [latest] = await reader.query<Pick<LedgerImport, 'rowsDone' | 'rowsTotal'>>(
        'SELECT rows_done AS "rowsDone", rows_total AS "rowsTotal" FROM imports ORDER BY created_at DESC LIMIT 1',
      );
      const share = latest === undefined || latest.rowsTotal === 0 ? 0 : latest.rowsDone / latest.rowsTotal;
      const full = Math.round(share * BAR_WIDTH);
      process.stderr.write(
        `\r[${'█'.repeat(full)}${' '.repeat(BAR_WIDTH - full)}] ${latest?.rowsDone ?? 0}/${latest?.rowsTotal ?? 0} rows`,
      );
      await wait(200, undefined, { signal: stopped.signal }).catch(() => undefined);
    }
    process.stderr.write('\n');
  };
  void draw().catch(() => undefined);
  return { stop: () => stopped.abort() };
}
