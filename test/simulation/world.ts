import { Draw } from './draw.js';
import { realMonths } from './firm.js';
import { type Life, type LifeName, LIVES } from './lives.js';
import { MONTHS } from './months.js';
import { type Report, reportsOf } from './reports.js';

export interface SimulatedEnterprise {
  name: LifeName;
  life: Life;
  reports: readonly Report[];
}

/** At least one of each kind of life, else by their shares of a thousand; the same for the same seed. */
export function enterprises(seed: number, size: number): SimulatedEnterprise[] {
  return (Object.keys(LIVES) as LifeName[]).flatMap((name) => {
    const many = Math.max(1, Math.round((LIVES[name].share * size) / 1_000));
    return Array.from({ length: many }, (_, number) => enterprise(seed, name, number));
  });
}

function enterprise(seed: number, name: LifeName, number: number): SimulatedEnterprise {
  const draw = (what: string): Draw => new Draw(seed, name, number, what);
  const life = LIVES[name].live(draw('life'));
  const real = realMonths(draw('figures'), life);
  // As if nothing had happened, with the same noise.
  const rosy = { ...life, levels: Array.from({ length: MONTHS }, () => 1) };
  const told = life.candour === 'rosy' ? realMonths(draw('figures'), rosy) : real;
  return { name, life, reports: reportsOf(draw('reports'), life, real, told) };
}
