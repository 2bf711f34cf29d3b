import { OfficeTime } from '../../calendar/office-time.js';

/** Every zone is a whole number of quarters of an hour off, since 1970. */
const QUARTER_MS = 900_000;
/** Twenty years of quarters. */
const MOST_KEPT = 700_000;

/** Office time that remembers the dates it was asked for: a journal asks for the same days millions of times. */
export class OfficeDays extends OfficeTime {
  private readonly dates = new Map<number, string>();

  override dateOf(instant: Date): string {
    const quarter = Math.floor(instant.getTime() / QUARTER_MS);
    if (!(quarter >= 0)) return super.dateOf(instant);
    const known = this.dates.get(quarter);
    if (known !== undefined) return known;
    const date = super.dateOf(instant);
    if (this.dates.size >= MOST_KEPT) this.dates.clear();
    this.dates.set(quarter, date);
    return date;
  }
}
