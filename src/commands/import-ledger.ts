import { createReadStream } from 'node:fs';
import { access } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { ImportsService, type LocalImport } from '../intake/imports.service.js';
import type { LedgerImport } from '../intake/ledger-import.entity.js';
import { UsageError } from '../run-process.js';
import { importSummary } from './import-summary.js';
import { progressBar, type Screen } from './progress-bar.js';
import { withProduct } from './with-product.js';

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
  const request = {
    fileName: path.basename(file),
    mode: values.preview ? 'preview' : 'commit',
    onError: values['reject-all'] ? 'reject_all' : 'keep_valid',
    createdBy: null,
  } as const;
  const result = await withProduct((app) => {
    const content = createReadStream(file);
    return takeWatched(app.get(ImportsService), { ...request, content }, process.stderr);
  });
  process.stdout.write(`${importSummary(result, Number.POSITIVE_INFINITY)}\n`);
  if (result.status === 'failed') process.exitCode = 1;
}

/** Takes a workbook in and draws how far that import is, whatever others are under way. */
export async function takeWatched(
  imports: ImportsService,
  request: LocalImport,
  screen: Screen,
): Promise<LedgerImport> {
  let bar: ReturnType<typeof progressBar> | undefined;
  try {
    const id = await imports.runNow(request, (begun) => {
      bar = progressBar(screen, async () => {
        const { rowsDone, rowsTotal } = await imports.get(begun);
        return { done: rowsDone, of: rowsTotal };
      });
    });
    return await imports.get(id);
  } finally {
    await bar?.stop();
  }
}
