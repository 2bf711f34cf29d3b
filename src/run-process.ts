import { ConfigurationFaults } from './platform/config/app-config.js';

/** Runs a process's own work; what stops it is told on the error stream, a wrong configuration as one readable list. */
export function runProcess(work: () => Promise<void>): void {
  work().catch((error: unknown) => {
    process.stderr.write(
      error instanceof ConfigurationFaults ? `${error.message}\n` : `${described(error)}\n`,
    );
    process.exit(1);
  });
}

const described = (error: unknown): string =>
  error instanceof Error ? (error.stack ?? error.message) : String(error);
