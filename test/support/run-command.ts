import { jest } from '@jest/globals';
import { TEST_PERSONAL_DATA_KEYS } from './personal-data.js';
import type { TestApp } from './test-app.js';

export interface CommandRun {
  /** On the standard output, and on the error stream. */
  said: string;
  complained: string;
  code: number;
}

/** Runs a command of the command line in this process, on the database of a product. */
export async function runCommand(
  { database }: Pick<TestApp, 'database'>,
  filesDir: string,
  command: () => Promise<void>,
): Promise<CommandRun> {
  const before = { ...process.env };
  const texts: Record<'stdout' | 'stderr', string[]> = { stdout: [], stderr: [] };
  const spies = (['stdout', 'stderr'] as const).map((stream) =>
    jest.spyOn(process[stream], 'write').mockImplementation((text) => {
      texts[stream].push(String(text));
      return true;
    }),
  );
  try {
    Object.assign(process.env, {
      DATABASE_URL: database.url,
      TOKEN_SECRET: 'a-secret-that-is-only-for-tests-000',
      PERSONAL_DATA_KEYS: TEST_PERSONAL_DATA_KEYS,
      FILES_DIR: filesDir,
    });
    await command();
    const code = Number(process.exitCode ?? 0);
    return { said: texts.stdout.join(''), complained: texts.stderr.join(''), code };
  } finally {
    for (const spy of spies) spy.mockRestore();
    process.env = before;
    process.exitCode = undefined;
  }
}
