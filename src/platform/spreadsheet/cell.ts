/** A day (`2021-10-26`) or minute (`2021-10-26 09:30`) as the office's clock shows it. */
export class CalendarCell {
  constructor(readonly text: string) {}
}

/** What an export writes into one cell; `null` leaves it empty. */
export type Cell = string | number | CalendarCell | null;
