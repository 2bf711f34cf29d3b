import { readFileSync, writeFileSync } from 'node:fs';
import { deserialize, serialize } from 'node:v8';
import { Client, type QueryConfig } from 'pg';

/** One statement as it went to the database. */
export type Statement = Pick<QueryConfig, 'name' | 'text' | 'values'>;

/** What each of several changes sent, by the id of what it changed. */
export type Recordings = Map<string, Statement[]>;

// Dates and bytes stay what they are, which they would not in JSON.
export const writeRecordings = (file: string, recordings: Recordings): void =>
  writeFileSync(file, serialize(recordings));
export const readRecordings = (file: string): Recordings => deserialize(readFileSync(file)) as Recordings;

/**
 * Notes what is sent over any connection of this process while `work` runs, which has the process to itself. What would
 * be committed is rolled back, so that the same can be sent once more to the same database.
 */
export class StatementRecorder {
  private noted: Statement[] | null = null;

  constructor() {
    const send = Reflect.get(Client.prototype, 'query') as (...args: unknown[]) => unknown;
    const note = (statement: Statement): boolean => {
      this.noted?.push(statement);
      return this.noted !== null && statement.text === 'COMMIT';
    };
    Object.assign(Client.prototype, {
      query(this: Client, ...args: unknown[]): unknown {
        const [isEndOfChange, callback] = [note(statementOf(args)), args.at(-1)];
        if (!isEndOfChange) return send.apply(this, args);
        return send.apply(this, typeof callback === 'function' ? ['ROLLBACK', callback] : ['ROLLBACK']);
      },
    });
  }

  async record(work: () => Promise<unknown>): Promise<Statement[]> {
    const noted: Statement[] = [];
    this.noted = noted;
    try {
      await work();
    } finally {
      this.noted = null;
    }
    return noted;
  }
}

function statementOf([query, values]: readonly unknown[]): Statement {
  const config = typeof query === 'string' ? { text: query } : (query as QueryConfig);
  return {
    ...(config.name === undefined ? {} : { name: config.name }),
    text: config.text,
    values: config.values ?? (Array.isArray(values) ? values : []),
  };
}
