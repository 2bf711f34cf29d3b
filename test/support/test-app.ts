import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Writable } from 'node:stream';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import type { RouteOptions } from 'fastify';
import { Logger as PinoLogger, PARAMS_PROVIDER_TOKEN } from 'nestjs-pino';
import { ExampleAccounts } from '../../src/access/example-accounts.js';
import type { Permission } from '../../src/access/policy.js';
import type { Role } from '../../src/access/role.js';
import { Passwords } from '../../src/access/passwords.js';
import { AppModule } from '../../src/app.module.js';
import { Clock, SystemClock } from '../../src/platform/clock/clock.js';
import { AppConfig } from '../../src/platform/config/app-config.js';
import { configureHttp } from '../../src/platform/http/configure-http.js';
import { fastifyAdapter } from '../../src/platform/http/fastify-adapter.js';
import { logOptions } from '../../src/platform/telemetry/log-options.js';
import { QuickPasswords } from './quick-passwords.js';
import { UNLIMITED } from './unlimited.js';
import { createTestDatabase, type TestDatabase } from './test-database.js';
import { TEST_PERSONAL_DATA_KEYS } from './personal-data.js';

export interface TestApp {
  app: NestFastifyApplication;
  /** Such as `http://127.0.0.1:41234`. */
  url: string;
  database: TestDatabase;
  /** What the router was told to answer, such as `GET /api/v1/cases/:id`. */
  routes: readonly string[];
  /** Of a route that no controller declares, whom it says that it is open to. */
  permissionOf: (route: string) => Permission | undefined;
  /** A client signed in by the example account of a role. */
  as(role: Role): Promise<Client>;
  /** A client signed in with a password of its own. */
  signIn(username: string, password: string): Promise<Client>;
  close(): Promise<void>;
}

export interface Answer<Body = Record<string, unknown>> {
  status: number;
  headers: Headers;
  body: Body;
}

/** Speaks to the API as a portal would. */
export class Client {
  constructor(
    private readonly url: string,
    readonly token: string | null,
  ) {}

  get<Body = Record<string, unknown>>(
    path: string,
    headers: Record<string, string> = {},
  ): Promise<Answer<Body>> {
    return this.send('GET', path, undefined, headers);
  }

  post<Body = Record<string, unknown>>(
    path: string,
    body: unknown = {},
    headers: Record<string, string> = {},
  ): Promise<Answer<Body>> {
    return this.send('POST', path, body, headers);
  }

  put<Body = Record<string, unknown>>(
    path: string,
    body: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer<Body>> {
    return this.send('PUT', path, body, headers);
  }

  patch<Body = Record<string, unknown>>(
    path: string,
    body: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer<Body>> {
    return this.send('PATCH', path, body, headers);
  }

  delete<Body = Record<string, unknown>>(path: string): Promise<Answer<Body>> {
    return this.send('DELETE', path, undefined, {});
  }

  /** A multipart body with one file. */
  async upload<Body = Record<string, unknown>>(
    path: string,
    fields: Record<string, string>,
    content: Blob,
    fileName: string,
    headers: Record<string, string> = {},
  ): Promise<Answer<Body>> {
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.set(name, value);
    form.set('file', content, fileName);
    return answerOf(
      await fetch(`${this.url}/api/v1${path}`, {
        method: 'POST',
        headers: { ...this.headers(), ...headers },
        body: form,
      }),
    );
  }

  private async send<Body>(
    method: string,
    path: string,
    body: unknown,
    headers: Record<string, string>,
  ): Promise<Answer<Body>> {
    const json: Record<string, string> = body === undefined ? {} : { 'content-type': 'application/json' };
    const response = await fetch(`${this.url}/api/v1${path}`, {
      method,
      headers: { ...this.headers(), ...json, ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return answerOf(response);
  }

  private headers(): Record<string, string> {
    return this.token === null ? {} : { authorization: `Bearer ${this.token}` };
  }
}

/** The whole product on a database, a queue and a file folder of its own; its worker runs only when a test starts it. */
export async function createTestApp(
  options: { clock?: Clock; environment?: Record<string, string>; log?: Writable } = {},
): Promise<TestApp> {
  const database = await createTestDatabase();
  const files = await mkdtemp(path.join(tmpdir(), 'shukun-files-'));
  const config = AppConfig.fromEnvironment({
    DATABASE_URL: database.url,
    REDIS_URL: process.env['REDIS_URL'],
    REDIS_PREFIX: `{test-${randomUUID()}}`,
    TOKEN_SECRET: randomUUID() + randomUUID(),
    PERSONAL_DATA_KEYS: TEST_PERSONAL_DATA_KEYS,
    FILES_DIR: files,
    SECOND_FACTOR_ROLES: 'none',
    LOG_LEVEL: 'silent',
    PORT: '0',
    ...UNLIMITED,
    ...options.environment,
  });
  const clock = options.clock ?? new SystemClock();
  const building = Test.createTestingModule({ imports: [AppModule.with(clock)] })
    .overrideProvider(AppConfig)
    .useValue(config)
    .overrideProvider(Passwords)
    .useValue(new QuickPasswords());
  if (options.log !== undefined) {
    const { pinoHttp, ...rest } = logOptions('trace');
    building.overrideProvider(PARAMS_PROVIDER_TOKEN).useValue({ ...rest, pinoHttp: [pinoHttp, options.log] });
  }
  const module = await building.compile();
  const adapter = fastifyAdapter(config);
  const routes: string[] = [];
  const declared = new Map<string, RouteOptions>();
  adapter.getInstance().addHook('onRoute', (route) => {
    for (const each of [route.method].flat()) {
      routes.push(`${each} ${route.url}`);
      declared.set(`${each} ${route.url}`, route);
    }
  });
  const app = module.createNestApplication<NestFastifyApplication>(adapter, { logger: false });
  if (options.log !== undefined) app.useLogger(app.get(PinoLogger));
  await configureHttp(app);
  await app.listen(0, '127.0.0.1');
  const url = (await app.getUrl()).replace('[::1]', '127.0.0.1');
  const signIn = async (username: string, password: string): Promise<Client> => {
    const { body } = await new Client(url, null).post<{ accessToken: string }>('/auth/login', {
      username,
      password,
    });
    return new Client(url, body.accessToken);
  };
  let accounts: Awaited<ReturnType<ExampleAccounts['createMissing']>> | undefined;
  return {
    app,
    url,
    database,
    routes,
    // A plugin says it only after this hook has seen the route.
    permissionOf: (route) => declared.get(route)?.config?.permission,
    signIn,
    async as(role) {
      accounts ??= await app.get(ExampleAccounts).createMissing();
      const account = accounts.find((candidate) => candidate.role === role);
      if (account === undefined) throw new Error(`no account of role ${role}`);
      return signIn(account.username, account.password);
    },
    async close() {
      await app.close();
      await database.drop();
      await rm(files, { recursive: true, force: true });
    },
  };
}

async function answerOf<Body>(response: Response): Promise<Answer<Body>> {
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json') === true;
  return {
    status: response.status,
    headers: response.headers,
    body: (isJson ? JSON.parse(text) : text) as Body,
  };
}
