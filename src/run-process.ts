import { ConfigurationFaults, loadLocale } from './platform/config/app-config.js';
import { textOf } from './platform/errors/message-text.js';
import { Refusal } from './platform/errors/refusal.js';

/** A command was called in a way that it does not understand. */
export class UsageError extends Error {}

/** Runs a process's own work; what stops it is told on the error stream, a wrong configuration as one readable list. */
export function runProcess(work: () => Promise<void>): void {
  work().catch((error: unknown) => {
    process.stderr.write(`${described(error)}\n`);
    process.exit(1);
  });
}

/** What the user can mend is told in words; a bug with its stack. */
function described(error: unknown): string {
  if (error instanceof Refusal) return `${error.code}: ${textOf(error.code, error.params, loadLocale())}`;
  if (error instanceof ConfigurationFaults || error instanceof UsageError) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
