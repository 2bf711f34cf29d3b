import { FakeClock } from '../../support/fake-clock.js';
import { createTestApp, type TestApp } from '../../support/test-app.js';
import type { Drawn } from './weekly-draw.js';
import { WeeklyLedger } from './weekly-ledger.js';

/** Asks for a path under `/api/v1`. @returns the bytes of the answer, as text. @throws Error on anything but 200 */
export type Asking = (path: string) => Promise<string>;

/** The product over a drawn ledger, at moments that are set. */
export class WeeklyWorld {
  private constructor(
    readonly app: TestApp,
    readonly clock: FakeClock,
    readonly ledger: WeeklyLedger,
  ) {}

  static async open(drawn: Drawn): Promise<WeeklyWorld> {
    const clock = new FakeClock(new Date('2021-09-01T00:00:00+08:00'));
    const app = await createTestApp({ clock });
    return new WeeklyWorld(app, clock, await WeeklyLedger.on(app.database, drawn));
  }

  close(): Promise<void> {
    return this.app.close();
  }

  /** What is learnt before the moment is written, and the moment comes. @returns how the task force asks then */
  async comeTo(moment: number): Promise<Asking> {
    await this.ledger.comeTo(moment);
    this.clock.set(new Date(moment));
    // A session does not last from one moment to the next.
    const { token } = await this.app.as('task_force');
    return async (path) => {
      const headers = { authorization: `Bearer ${token}` };
      const response = await fetch(`${this.app.url}/api/v1${path}`, { headers });
      const text = await response.text();
      if (response.status !== 200) throw new Error(`${path}: ${response.status} ${text}`);
      return text;
    };
  }
}
