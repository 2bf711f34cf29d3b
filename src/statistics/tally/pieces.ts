import type { OfficeTime } from '../../calendar/office-time.js';

/** Cells of one grain, from and before a moment, that belong to one window. Milliseconds since 1970. */
export interface Piece {
  window: number;
  grain: 'day' | 'month';
  from: number;
  until: number;
}

/**
 * What to add up for windows that follow one another, the first from the beginning of time to the first moment: whole
 * months by their own sums, the rest by days.
 */
export function piecesOf(moments: readonly number[], office: OfficeTime): Piece[] {
  return moments.flatMap((until, window) => {
    const from = moments[window - 1] ?? -Infinity;
    const [firstMonth, lastMonth] = [monthAtOrAfter(from, office), monthAtOrBefore(until, office)];
    if (firstMonth >= lastMonth) return piece(window, 'day', from, until);
    return [
      ...piece(window, 'day', from, firstMonth),
      ...piece(window, 'month', firstMonth, lastMonth),
      ...piece(window, 'day', lastMonth, until),
    ];
  });
}

const piece = (window: number, grain: Piece['grain'], from: number, until: number): Piece[] =>
  from < until ? [{ window, grain, from, until }] : [];

function monthAtOrBefore(moment: number, office: OfficeTime): number {
  return office.at(`${office.dateOf(new Date(moment)).slice(0, 7)}-01`, '00:00').getTime();
}

function monthAtOrAfter(moment: number, office: OfficeTime): number {
  if (moment === -Infinity) return moment;
  const on = office.dateOf(new Date(moment));
  const begun = office.at(`${on.slice(0, 7)}-01`, '00:00').getTime();
  if (begun === moment) return moment;
  const [year, month] = [Number(on.slice(0, 4)), Number(on.slice(5, 7))];
  const next = month === 12 ? `${year + 1}-01-01` : `${year}-${String(month + 1).padStart(2, '0')}-01`;
  return office.at(next, '00:00').getTime();
}
