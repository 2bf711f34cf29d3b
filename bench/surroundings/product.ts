import path from 'node:path';
import type { Bench } from '../bench.js';
import { BUILT, type Running, startProcess } from './process.js';

/** The environment of the product as it ships; only what it must be told, and limits that no measurement meets. */
export function productEnvironment({ servers, data }: Bench, database: string): NodeJS.ProcessEnv {
  return {
    PATH: process.env['PATH'],
    DATABASE_URL: servers.applicationUrl(database),
    MIGRATION_DATABASE_URL: servers.ownerUrl(database),
    REDIS_URL: servers.redisUrl,
    REDIS_PREFIX: `{bench-${database}}`,
    TOKEN_SECRET: servers.secrets.tokenSecret,
    PERSONAL_DATA_KEYS: servers.secrets.personalDataKeys,
    FILES_DIR: data.files,
    // Counted like everybody's, and never reached.
    RATE_LIMIT_ACCOUNT: '10000000',
    RATE_LIMIT_ADDRESS: '10000000',
    RATE_LIMIT_SIGN_IN: '10000000',
  };
}

export const startProduct = (bench: Bench, database: string): Promise<Running> =>
  startProcess(bench, {
    name: 'api',
    module: 'src/main.js',
    env: productEnvironment(bench, database),
    readyPath: '/health/ready',
  });

/** Runs a command of the product or a script of the bench to its end; answers the JSON that it prints last. */
export async function runScript<Answer>(
  { launch, children, ...bench }: Bench,
  name: string,
  module: string,
  args: readonly string[],
  database: string,
  env: NodeJS.ProcessEnv = {},
): Promise<Answer> {
  const output = await children.command({
    name,
    command: process.execPath,
    args: [path.join(launch.root, BUILT, module), ...args],
    cwd: launch.root,
    env: { ...productEnvironment({ launch, children, ...bench }, database), ...env },
  });
  const answer: Answer = JSON.parse(output.trim().split('\n').at(-1) ?? '');
  return answer;
}

/** A signed-in user of the product. */
export class Session {
  private constructor(
    private readonly url: string,
    private tokens: { accessToken: string; refreshToken: string },
  ) {}

  static async open(url: string, username: string, password: string): Promise<Session> {
    return new Session(url, await post(`${url}/api/v1/auth/login`, { username, password }));
  }

  /** Good for ten minutes, which is longer than any measurement. */
  async headers(): Promise<Record<string, string>> {
    const { refreshToken } = this.tokens;
    this.tokens = await post(`${this.url}/api/v1/auth/refresh`, { refreshToken });
    return { authorization: `Bearer ${this.tokens.accessToken}` };
  }
}

async function post<Answer>(url: string, body: object): Promise<Answer> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${await response.text()}`);
  const answer: Answer = JSON.parse(await response.text());
  return answer;
}
