import type { Finding } from './findings.js';

const HEADINGS = [
  'what happens',
  'enterprises',
  'episodes',
  'found',
  'type right',
  'months until found: median, most',
  'healthy months flagged',
];

/** As docs/production.md shows it. */
export function findingsTable(findings: ReadonlyMap<string, Finding>, total: Finding): string {
  const rows = [...findings, ['**all**', total] as const].map(([name, finding]) => [
    name,
    ...cellsOf(finding),
  ]);
  return [HEADINGS, HEADINGS.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
}

function cellsOf(finding: Finding): string[] {
  const { enterprises, episodes, detected, named, healthyMonths, falseMonths } = finding;
  return [
    String(enterprises),
    episodes === 0 ? '–' : String(episodes),
    percentOf(detected, episodes),
    percentOf(named, episodes),
    delays(finding.delays),
    percentOf(falseMonths, healthyMonths),
  ];
}

/** Of nothing there is no share. */
export const percentOf = (part: number, whole: number): string =>
  whole === 0 ? '–' : `${((100 * part) / whole).toFixed(1)} %`;

function delays(months: readonly number[]): string {
  const sorted = months.toSorted((one, other) => one - other);
  const middle = sorted[Math.floor((sorted.length - 1) / 2)];
  return middle === undefined ? '–' : `${middle}, ${sorted.at(-1)}`;
}
