import { compact } from './cells/text.js';
import type { LedgerKeys } from './ledger-known.js';
import type { Ledger } from './rows.js';

/** What must be looked up before the ledger can be decided. */
export function ledgerKeys(ledger: Ledger): LedgerKeys {
  const creditCodes = new Set<string>();
  for (const sheet of [ledger.cases, ledger.production]) {
    for (const { creditCode } of sheet?.rows ?? []) if (creditCode !== null) creditCodes.add(creditCode);
  }
  const names = new Set<string>();
  for (const { name } of ledger.problems?.rows ?? []) {
    if (name === '') continue;
    names.add(name);
    names.add(compact(name));
    names.add(fullWidthBrackets(compact(name)));
  }
  return { creditCodes: [...creditCodes], problemEnterpriseNames: [...names] };
}

const fullWidthBrackets = (name: string): string => name.replaceAll('(', '（').replaceAll(')', '）');
