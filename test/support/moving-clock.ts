import { Clock } from '../../src/platform/clock/clock.js';

/** A clock that a test moves. */
export class MovingClock extends Clock {
  constructor(private moment: Date = new Date('2021-11-03T09:00:00+08:00')) {
    super();
  }

  now(): Date {
    return this.moment;
  }

  pass(minutes: number): void {
    this.moment = new Date(this.moment.getTime() + minutes * 60_000);
  }
}
