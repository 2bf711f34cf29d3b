/** What scripts/shukun.mjs hands to a command. It and its parts are plain JavaScript that runs before anything is installed. */
export interface Launch {
  /** The checkout. */
  root: string;
  /** What stands after the command's name. */
  args: readonly string[];
  env: NodeJS.ProcessEnv;
  progress: Progress;
  /** Takes a lock file, or tells the pid of the living process that has it. */
  takeLock(file: string): { release(): void } | { holder: number };
  identityOf: IdentityOf;
}

export interface Progress {
  note(text: string): void;
  /** Runs a step and says how long it took, with what it answers when that is a string. */
  step<T>(name: string, work: () => Promise<T>): Promise<T>;
}

/** Tells a process from a later one with the same pid; null when there is none. */
export type IdentityOf = (pid: number) => string | null;

/** A fault whose message is all that the user needs: printed without a stack. */
export class LaunchFault extends Error {}
