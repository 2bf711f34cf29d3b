import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import type { DataSource } from 'typeorm';
import { AccessModule } from '../../src/access/access.module.js';
import { AccountsService, type NewAccount } from '../../src/access/accounts.service.js';
import { TrailModule } from '../../src/audit/trail.module.js';
import { ENTITIES } from '../../src/entities.js';
import { EnterprisesModule } from '../../src/enterprises/enterprises.module.js';
import { IdempotencyModule } from '../../src/platform/http/idempotency/idempotency.module.js';
import { OutgoingModule } from '../../src/platform/http/outgoing/outgoing.module.js';
import { RateLimitsModule } from '../../src/platform/http/limits/rate-limits.module.js';
import { QueueModule } from '../../src/platform/queue/queue.module.js';
import { OrganizationModule } from '../../src/organization/organization.module.js';
import { AppConfig } from '../../src/platform/config/app-config.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import { configureHttp } from '../../src/platform/http/configure-http.js';
import { fastifyAdapter } from '../../src/platform/http/fastify-adapter.js';
import { HttpModule } from '../../src/platform/http/http.module.js';
import { PlatformModule } from '../../src/platform/platform.module.js';
import { TelemetryModule } from '../../src/platform/telemetry/telemetry.module.js';
import { ProductionModule } from '../../src/production/production.module.js';
import type { CutOff } from './cut-off.js';
import { UNLIMITED } from './unlimited.js';
import { FakeClock } from './fake-clock.js';
import { createTestDatabase } from './test-database.js';
import { TEST_PERSONAL_DATA_KEYS } from './personal-data.js';

export interface Answer {
  status: number;
  headers: Headers;
  /** `{}` where the answer has none. */
  body: Record<string, unknown>;
}

export interface Ask {
  method?: string;
  token?: string;
  body?: unknown;
  headers?: Record<string, string>;
}

/** The organisation, the register and who is asking, by HTTP on a database of their own, with a clock to move. */
export interface RegisterApp {
  app: NestFastifyApplication;
  clock: FakeClock;
  dataSource: DataSource;
  accounts: AccountsService;
  transactions: Transactions;
  /** @param path under `/api/v1`, or from the root where it begins with `//`. */
  ask(path: string, options?: Ask): Promise<Answer>;
  /** Makes an account and signs in. @returns its access token */
  tokenOf(account: NewAccount): Promise<string>;
  close(): Promise<void>;
}

/** @param cutOff way to the database, for a test that cuts it. */
export async function createRegisterApp(
  config: Partial<AppConfig> = {},
  cutOff?: CutOff,
): Promise<RegisterApp> {
  const database = await createTestDatabase();
  const databaseUrl = new URL(database.url);
  if (cutOff !== undefined) databaseUrl.host = `127.0.0.1:${cutOff.port}`;
  const clock = new FakeClock(new Date('2021-11-03T09:00:00+08:00'));
  const configuration = testConfig(databaseUrl.href, config);
  const module = await Test.createTestingModule({
    imports: [
      PlatformModule.with(ENTITIES, clock),
      TelemetryModule,
      AccessModule,
      TrailModule,
      IdempotencyModule,
      HttpModule,
      OutgoingModule,
      RateLimitsModule,
      QueueModule,
      OrganizationModule,
      EnterprisesModule,
      ProductionModule,
    ],
  })
    .overrideProvider(AppConfig)
    .useValue(configuration)
    .compile();
  const app = module.createNestApplication<NestFastifyApplication>(fastifyAdapter(configuration), {
    logger: false,
  });
  await configureHttp(app);
  await app.listen(0, '127.0.0.1');
  const root = (await app.getUrl()).replace('[::1]', '127.0.0.1');
  const accounts = app.get(AccountsService);
  const transactions = app.get(Transactions);
  const ask = (path: string, options: Ask = {}): Promise<Answer> =>
    send(path.startsWith('//') ? root + path.slice(1) : `${root}/api/v1${path}`, options);
  return {
    app,
    clock,
    dataSource: database.dataSource,
    accounts,
    transactions,
    ask,
    async tokenOf(account) {
      const { password } = await transactions.run((tx) => accounts.create(tx, account, false));
      const { body } = await ask('/auth/login', { body: { username: account.username, password } });
      return String(body['accessToken']);
    },
    async close() {
      await app.close();
      await database.drop();
    },
  };
}

const testConfig = (databaseUrl: string, config: Partial<AppConfig>): AppConfig =>
  Object.assign(
    AppConfig.fromEnvironment({
      DATABASE_URL: databaseUrl,
      REDIS_URL: process.env['REDIS_URL'] ?? 'redis://127.0.0.1:6379',
      TOKEN_SECRET: 'only-for-tests-only-for-tests-only',
      PERSONAL_DATA_KEYS: TEST_PERSONAL_DATA_KEYS,
      FILES_DIR: '/nonexistent',
      SECOND_FACTOR_ROLES: 'none',
      LOG_LEVEL: 'silent',
      DATABASE_POOL_SIZE: '5',
      ...UNLIMITED,
    }),
    config,
  );

async function send(url: string, { method, token, body, headers }: Ask): Promise<Answer> {
  const response = await fetch(url, {
    method: method ?? (body === undefined ? 'GET' : 'POST'),
    headers: {
      'accept-language': 'en',
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    body: body === undefined ? null : JSON.stringify(body),
  });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json') === true;
  return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : { text } };
}
