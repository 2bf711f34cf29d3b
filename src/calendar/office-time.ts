import { DateTime, IANAZone } from 'luxon';

/** The office's time zone: instants to its calendar dates and times of day, and back. */
export class OfficeTime {
  constructor(readonly zone: string) {
    if (!IANAZone.isValidZone(zone)) throw new RangeError(`not an IANA time zone: ${zone}`);
  }

  /** Calendar date of an instant, `YYYY-MM-DD`. */
  dateOf(instant: Date): string {
    const on = DateTime.fromJSDate(instant, { zone: this.zone }).toISODate();
    if (on === null) throw new RangeError('not an instant');
    return on;
  }

  /** Time of day of an instant, `HH:mm`. */
  timeOf(instant: Date): string {
    return DateTime.fromJSDate(instant, { zone: this.zone }).toFormat('HH:mm');
  }

  /** The instant of a time of day, `HH:mm`, on a calendar date. */
  at(on: string, time: string): Date {
    const moment = DateTime.fromFormat(`${on} ${time}`, 'yyyy-MM-dd HH:mm', { zone: this.zone });
    if (!moment.isValid) throw new RangeError(`not a date and time: ${on} ${time}`);
    return moment.toJSDate();
  }
}
