/** Moments are milliseconds of Unix time; days are counted from 1970-01-01 in Ankang, eight hours ahead all year. */
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const AHEAD = 8 * HOUR;

export const dayOf = (at: number): number => Math.floor((at + AHEAD) / DAY);
export const momentOf = (day: number, hour: number, minute = 0): number =>
  day * DAY + hour * HOUR + minute * 60_000 - AHEAD;
export const dayNamed = (date: string): number => Date.parse(`${date}T00:00:00Z`) / DAY;
export const nameOf = (day: number): string => new Date(day * DAY).toISOString().slice(0, 10);

/** Working days, counted one by one. */
export class PlainCalendar {
  constructor(private readonly isWorkedOn: (day: number) => boolean) {}

  isWorked(day: number): boolean {
    return this.isWorkedOn(day);
  }

  /** The n-th working day after a day, or before it where n is negative; 0 is the day itself. */
  step(day: number, n: number): number {
    const direction = Math.sign(n);
    let left = Math.abs(n);
    let found = day;
    while (left > 0) {
      found += direction;
      if (this.isWorked(found)) left -= 1;
    }
    return found;
  }

  /** The day itself or the next working one in the direction given. */
  worked(day: number, direction: 1 | -1): number {
    return this.isWorked(day) ? day : this.step(day, direction);
  }

  /** Working days after one day, up to and with another. */
  count(after: number, through: number): number {
    let counted = 0;
    for (let day = after + 1; day <= through; day += 1) if (this.isWorked(day)) counted += 1;
    return counted;
  }

  /** Clocks: day 0 is today, but the next working day after 17:30 and on days off. */
  dayZero(at: number): number {
    const today = dayOf(at);
    return at > momentOf(today, 17, 30) ? this.step(today, 1) : this.worked(today, 1);
  }

  /** Clocks: a limit counted from day 0, at 18:00 of its day. */
  after(at: number, workingDays: number): number {
    return momentOf(this.step(this.dayZero(at), workingDays), 18);
  }

  /** Clocks: a due date that was given; on a day off it means the working day before. */
  given(day: number): number {
    return momentOf(this.worked(day, -1), 18);
  }

  /** Rule 4: on working days between 08:00 and 21:00. */
  isSending(at: number): boolean {
    const today = dayOf(at);
    return this.isWorked(today) && at >= momentOf(today, 8) && at < momentOf(today, 21);
  }

  /** Rule 4: at once while that is allowed, else at the next 09:00 of a working day. */
  leaves(at: number): number {
    if (this.isSending(at)) return at;
    const today = dayOf(at);
    const isLate = at >= momentOf(today, 9);
    return momentOf(isLate ? this.step(today, 1) : this.worked(today, 1), 9);
  }
}
