import { SYSTEM } from '../access/actor.js';
import { BY_SYSTEM, SecurityTrail } from '../access/security-trail.js';
import { LedgerExport } from '../intake/ledger-export/ledger-export.js';
import { isReason, LONGEST_REASON, SHORTEST_REASON } from '../intake/ledger-export/unmask-reason.js';
import { givenOut } from '../platform/files/export-files.js';
import { UsageError } from '../run-process.js';
import { parsedArgs } from './parsed-args.js';
import { withProduct } from './with-product.js';
import { requireFree, writeOut } from './write-out.js';

export const LEDGER_USAGE = 'ledger [--unmask-reason WHY] [--out FILE|-] [--force]';
const OUT = 'ledger.xlsx';

/** `export ledger`: all that is on record as the workbook that `import` takes again; recorded in the trail. */
export async function exportLedger(args: string[]): Promise<void> {
  const { out, force, 'unmask-reason': reason } = readArgs(args);
  await requireFree(out, force);
  const isUnmasked = reason !== undefined;
  const { rows, leftOut } = await withProduct(async (app) => {
    const unmasked = { officials: isUnmasked, enterprises: isUnmasked };
    const file = await app.get(LedgerExport).write(SYSTEM, unmasked);
    const trail = app.get(SecurityTrail);
    if (isUnmasked) {
      const payload = { what: 'ledger', reason, ...unmasked };
      await trail.recordAlone({ type: 'contact_unmasked', actor: BY_SYSTEM, payload });
    }
    const { draft, ...counts } = file;
    const payload = { what: 'ledger', ...counts, isUnmasked, sha256: draft.sha256 };
    await trail.recordAlone({ type: 'exported', actor: BY_SYSTEM, payload });
    await writeOut(await givenOut(draft), out, force);
    return counts;
  });
  const lines = Object.entries(rows).map(([sheet, count]) => `${sheet}: ${count} rows`);
  process.stderr.write(`${[...lines, `left out and listed in the workbook: ${leftOut}`].join('\n')}\n`);
}

function readArgs(args: string[]): { out: string; force: boolean; 'unmask-reason'?: string } {
  const { values } = parsedArgs(
    {
      args,
      options: {
        out: { type: 'string' },
        force: { type: 'boolean', default: false },
        'unmask-reason': { type: 'string' },
      },
    },
    `export ${LEDGER_USAGE}`,
  );
  const { out = OUT, 'unmask-reason': reason } = values;
  if (reason !== undefined && !isReason(reason))
    throw new UsageError(
      [
        `--unmask-reason takes ${SHORTEST_REASON} to ${LONGEST_REASON} characters`,
        `export ${LEDGER_USAGE}`,
      ].join('\n'),
    );
  return { ...values, out };
}
