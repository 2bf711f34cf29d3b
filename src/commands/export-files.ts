import { exportFigures, EXPORT_USAGE } from './export-figures.js';
import { exportLedger, LEDGER_USAGE } from './export-ledger.js';
import { exportList, LIST_USAGE } from './export-list.js';

export const EXPORTS_USAGE = [EXPORT_USAGE, LIST_USAGE, LEDGER_USAGE].join('\n' + ' '.repeat(24));

/** `export weekly|cases|problems|ledger …`. */
export async function exportFiles(args: string[]): Promise<void> {
  const [what, ...others] = args;
  if (what === 'ledger') return exportLedger(others);
  if (what === 'cases' || what === 'problems') return exportList(what, others);
  return exportFigures(args);
}
