import type { RobotName } from './group-digest.entity.js';

/** How one kind of robot is spoken to. */
export interface Robot {
  readonly name: RobotName;
  /** Bytes of a markdown message, as it documents. */
  readonly mostBytes: number;
  /** Codes that ask to come again: nothing was posted. */
  readonly comeAgain: ReadonlySet<number>;
  request(title: string, content: string, now: Date): { url: URL; body: unknown };
}
