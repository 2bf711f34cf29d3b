import type { ProductionMilestone } from '../../src/production/rules/statuses.js';
import type { LifeName } from './lives.js';
import type { RecoveryPlayed } from './play-recovery.js';
import { percentOf } from './findings-table.js';

/** What milestones and the watch after closure said of enterprises of one kind of life. */
export interface Recoveries {
  cases: number;
  told: Readonly<Record<ProductionMilestone, number>>;
  /** Told `capacity_restored`, and so closed as recovered. */
  closed: number;
  /** Of the closed, proposed for reopening. */
  relapsed: number;
}

export function recoveriesOf(played: readonly RecoveryPlayed[]): Recoveries {
  const told = (milestone: ProductionMilestone): number =>
    played.filter((one) => one.told.has(milestone)).length;
  return {
    cases: played.length,
    told: {
      resumed: told('resumed'),
      capacity_restored: told('capacity_restored'),
      on_target: told('on_target'),
    },
    closed: played.filter(({ closedIn }) => closedIn !== null).length,
    relapsed: played.filter(({ relapseIn }) => relapseIn !== null).length,
  };
}

const HEADINGS = [
  'what happens',
  'cases',
  '`resumed`',
  '`capacity_restored`',
  '`on_target`',
  'closed, then proposed for reopening',
];

/** As docs/production.md shows it. */
export function recoveriesTable(recoveries: ReadonlyMap<LifeName, Recoveries>): string {
  const rows = [...recoveries].map(([name, { cases, told, closed, relapsed }]) => [
    name,
    String(cases),
    percentOf(told.resumed, cases),
    percentOf(told.capacity_restored, cases),
    percentOf(told.on_target, cases),
    percentOf(relapsed, closed),
  ]);
  return [HEADINGS, HEADINGS.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
}
