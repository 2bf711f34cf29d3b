import type { LedgerImport } from '../intake/ledger-import.entity.js';

/** What came of an import, in lines: counts for each sheet and the refused rows with their reasons. */
export function importSummary(
  result: Pick<LedgerImport, 'status' | 'mode' | 'sheets' | 'error'>,
  mostRows: number,
): string {
  const lines: string[] = [];
  if (result.mode === 'preview') lines.push('Preview: nothing has been changed.');
  if (result.error !== null) lines.push(`${result.error.code}: ${result.error.detail}`);
  for (const sheet of result.sheets) {
    const { accepted, unchanged, rejected, warnings, skippedSubtotals, skippedBlank } = sheet;
    lines.push(
      `${sheet.name}: ${accepted} taken, ${unchanged} unchanged, ${rejected.length} refused, ${warnings.length} with warnings` +
        ` (passed over: ${skippedSubtotals} subtotals, ${skippedBlank} blank)`,
    );
    for (const finding of rejected.slice(0, mostRows)) {
      lines.push(`  row ${String(finding.row).padStart(4)}  ${finding.code.padEnd(24)} ${finding.detail}`);
    }
    if (rejected.length > mostRows) lines.push(`  … and ${rejected.length - mostRows} more`);
    for (const warning of warnings.slice(0, mostRows)) {
      lines.push(
        `  row ${String(warning.row).padStart(4)}  ${warning.code.padEnd(24)} ${warning.detail} (taken)`,
      );
    }
  }
  return lines.join('\n');
}
