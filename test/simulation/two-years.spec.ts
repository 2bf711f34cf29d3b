import { afterAll, describe, expect, it } from '@jest/globals';
import { DEFAULT_PARAMETERS } from '../../src/production/rules/parameters.js';
import { PRODUCTION_MILESTONES, type ProductionMilestone } from '../../src/production/rules/statuses.js';
import { document } from './document.js';
import { byLife, type Finding, sum } from './findings.js';
import { findingsTable } from './findings-table.js';
import { type LifeName, LIVES } from './lives.js';
import { knownSeries } from './known-series.js';
import { MONTHS, nameOf, periods } from './months.js';
import { play } from './play.js';
import { playRecovery, type RecoveryPlayed } from './play-recovery.js';
import { type Recoveries, recoveriesOf, recoveriesTable } from './recoveries.js';
import { enterprises } from './world.js';

/** The same enterprises at every run; SIMULATION_SEED gives others, SIMULATION_SIZE more of them. */
const SEED = Number(process.env['SIMULATION_SEED'] ?? 20_211_010);
const USUAL_SIZE = 150;
const SIZE = Number(process.env['SIMULATION_SIZE'] ?? USUAL_SIZE);

const played = enterprises(SEED, SIZE).map((one) => play(one, DEFAULT_PARAMETERS));
const findings = byLife(played);
const total = sum([...findings.values()]);
const recoveries = new Map<LifeName, Recoveries>();
const recovered = new Map<LifeName, RecoveryPlayed[]>();
for (const one of played) {
  const found = playRecovery(one, DEFAULT_PARAMETERS);
  if (found !== null) recovered.set(one.name, [...(recovered.get(one.name) ?? []), found]);
}
for (const [name, found] of recovered) recoveries.set(name, recoveriesOf(found));

const of = (...names: LifeName[]): Finding => sum(names.flatMap((name) => findings.get(name) ?? []));
const share = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole);
const told = (milestone: ProductionMilestone, ...names: LifeName[]): number => {
  const found = names.flatMap((name) => recoveries.get(name) ?? []);
  const all = (count: (one: Recoveries) => number): number =>
    found.reduce((many, one) => many + count(one), 0);
  return share(
    all((one) => one.told[milestone]),
    all((one) => one.cases),
  );
};

const HEALTHY: LifeName[] = [
  'steady',
  'heavy Spring Festival',
  'seasonal, stop on record',
  'planned stop on record',
  'younger than a year',
];
/** The figures of these say nothing true. */
const HIDDEN: LifeName[] = ['stops without a word, nothing known', 'rosy figures, grid only'];
const TOLD = (Object.keys(LIVES) as LifeName[]).filter((name) => !HIDDEN.includes(name));
const NEVER_BACK: LifeName[] = [
  'sudden stop',
  'stop within its first year',
  'stops without a word, grid known',
  'stops without a word, nothing known',
];

// Bounds leave several times the room that seeds were seen to take, so that another seed says the same.
describe(`two simulated years of ${SIZE} enterprises, seed ${SEED}`, () => {
  afterAll(() => {
    const summary = `${total.enterprises} enterprises, ${total.episodes} episodes of distress, ${total.healthyMonths} healthy months; seed ${SEED}.`;
    const text = [summary, findingsTable(findings, total), recoveriesTable(recoveries)].join('\n\n');
    if (process.env['SIMULATION_DOCUMENT'] === '1') document(text);
    if (SIZE > USUAL_SIZE) process.stdout.write(`\n${text}\n`);
  });

  it('has enterprises of every kind', () => {
    expect([...findings.keys()].toSorted()).toEqual(Object.keys(LIVES).toSorted());
  });

  it('finds what figures tell, and soon', () => {
    const { detected, episodes, delays } = of(...TOLD);
    expect(share(detected, episodes)).toBeGreaterThan(0.9);
    expect(delays.filter((delay) => delay <= 2).length / delays.length).toBeGreaterThan(0.7);
    const stops = of('sudden stop', 'stops without a word, grid known').delays;
    expect(stops.filter((delay) => delay === 0).length / stops.length).toBeGreaterThan(0.7);
  });

  it('names it rightly more often than not', () => {
    const { named, detected } = of('sudden stop', 'semi-stalled', 'stop within its first year');
    expect(share(named, detected)).toBeGreaterThan(0.9);
    expect(share(of('reduced output').named, of('reduced output').detected)).toBeGreaterThan(0.4);
  });

  it('leaves the healthy alone: Spring Festival, growth, seasons and stops on record, missing and wrong figures', () => {
    const { falseMonths, healthyMonths } = of(...HEALTHY);
    expect(share(falseMonths, healthyMonths)).toBeLessThan(0.02);
  });

  it('takes a season that nobody recorded for a stop, which is why it is to be recorded', () => {
    const [recorded, unrecorded] = [of('seasonal, stop on record'), of('seasonal, nothing on record')];
    expect(share(recorded.falseMonths, recorded.healthyMonths)).toBeLessThan(
      share(unrecorded.falseMonths, unrecorded.healthyMonths) / 2,
    );
  });

  it('says of months of which nothing is known that they are unknown, and nothing else', () => {
    const gone = played.filter(({ name }) => name === 'stops without a word, nothing known');
    for (const { life, statuses } of gone)
      for (const month of periods(life.episodes[0]?.from ?? 0, MONTHS - 1))
        expect([...(statuses.get(month) ?? [])].filter((status) => status !== 'unknown')).toEqual([]);
    expect(of('stops without a word, nothing known').detected).toBe(0);
  });

  it('tells no recovery of who does not produce, and of the others none without figures', () => {
    for (const milestone of PRODUCTION_MILESTONES) expect(told(milestone, ...NEVER_BACK)).toBe(0);
    expect(
      told('capacity_restored', 'semi-stalled', 'runs again, a little', 'rosy figures, tax known'),
    ).toBeLessThan(0.15);
    for (const one of played) {
      const turns =
        recovered
          .get(one.name)
          ?.find(({ of: whose }) => whose === one)
          ?.told.values() ?? [];
      for (const { in: at, of: month } of turns) {
        const known = knownSeries(one.reports, at).find((figures) => figures.month === nameOf(month));
        expect(
          [known?.outputValue, known?.productionDays, known?.electricity].some((figure) => figure != null),
        ).toBe(true);
      }
    }
  });

  it('tells of recoveries', () => {
    expect(told('on_target', 'recovers')).toBeGreaterThan(0.5);
    expect(told('capacity_restored', 'recovers', 'recovers in part')).toBeGreaterThan(0.8);
  });

  it('proposes to reopen what falls again, and not what stands', () => {
    const [fell, stands] = [recoveries.get('recovers and relapses'), recoveries.get('recovers')];
    expect(share(fell?.relapsed ?? 0, fell?.closed ?? 0)).toBeGreaterThan(0.5);
    expect(share(stands?.relapsed ?? 0, stands?.closed ?? 0)).toBeLessThan(0.5);
  });
});
