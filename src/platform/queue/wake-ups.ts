/** A bell for the workers: whoever has written rows that they should look at rings it after commit. */
export abstract class WakeUps {
  /**
   * Never waits and never throws. A ring may get lost (Redis away) or be heard twice: the rows say what is to be done,
   * and each task also runs by a timer of its own.
   * @param id the one row that it is about; without it, whatever is ready
   */
  abstract ring(task: string, id?: string): void;
}
