import type { Draw } from './draw.js';
import type { Life } from './lives.js';
import { isFestival, monthOfYear, MONTHS, months } from './months.js';

/** What the meters, books and gates of an enterprise would really say of a month. */
export interface RealMonth {
  month: number;
  outputValue: number;
  productionDays: number;
  capacityUtilisation: number;
  electricity: number;
  staff: number;
}

const USUAL_DAYS = 24;

/** A life in figures: size, growth, seasons, noise. */
export function realMonths(draw: Draw, life: Life): RealMonth[] {
  const output = 10 ** draw.share(5.5, 7.5);
  const growth = draw.share(0, 0.12);
  const swing = draw.share(0, 0.08);
  const noise = draw.share(0.03, 0.12);
  const utilisation = draw.share(0.65, 0.9);
  const idlePower = draw.share(0.02, 0.06);
  const power = output * draw.share(0.02, 0.1);
  const staff = Math.round(output / draw.share(30_000, 60_000)) + 5;
  const firstSeason = draw.whole(0, 11);

  return months(life.bornIn, MONTHS - 1).map((month) => {
    const season = 1 + swing * Math.sin(((monthOfYear(month) + firstSeason) / 6) * Math.PI);
    const festival = isFestival(month) ? life.festival : 1;
    const level = life.isClosed[month] ? 0 : (life.levels[month] ?? 1);
    const grown = (1 + growth) ** (month / 12);
    const activity = level * festival * season;
    const real = activity * (1 + draw.noise(noise));
    return {
      month,
      outputValue: cents(output * grown * real),
      productionDays: daysOf(level, festival),
      capacityUtilisation: Math.min(1, Math.round(utilisation * real * 10_000) / 10_000),
      electricity: cents(power * grown * (idlePower + (1 - idlePower) * real) * (1 + draw.noise(0.05))),
      // People are let go late and seldom.
      staff: Math.round(staff * (0.6 + 0.4 * Math.min(1, level))),
    };
  });
}

/** A plant that runs at half works on most days, and on some fewer. */
function daysOf(level: number, festival: number): number {
  if (level === 0) return 0;
  return Math.max(1, Math.round(USUAL_DAYS * Math.min(1, 0.35 + 0.65 * level) * festival));
}

const cents = (value: number): number => Math.round(value * 100) / 100;
