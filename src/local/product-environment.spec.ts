import { describe, expect, it } from '@jest/globals';
import {
  productEnvironment,
  reachableHost,
  readSurroundings,
  type Connections,
} from './product-environment.js';
import type { Secrets } from './secrets.js';

const secrets: Secrets = {
  postgresPassword: 'p',
  ownerPassword: 'o',
  applicationPassword: 'a',
  redisPassword: 'r',
  tokenSecret: 'a-random-token-secret',
  personalDataKeys: 'k1:a-random-key',
  smsToken: 'a-random-sms-token',
  redisPrefix: 'shukun-1a2b',
};
const connections: Connections = {
  databaseUrl: 'postgresql://app@127.0.0.1:5001/shukun',
  migrationDatabaseUrl: 'postgresql://owner@127.0.0.1:5001/shukun',
  redisUrl: 'redis://127.0.0.1:5002',
  smtpUrl: 'smtp://127.0.0.1:5003',
  smsGatewayUrl: 'http://127.0.0.1:5004/send',
};
const own = { secrets, filesFolder: '/data/files', host: '127.0.0.1', port: 3000 };
const environmentFrom = (env: NodeJS.ProcessEnv, reached = connections, host = own.host) =>
  productEnvironment(env, readSurroundings(env), reached, { ...own, host });

describe('the surroundings of a start', () => {
  it('are embedded where nothing is set', () => {
    expect(readSurroundings({ DATABASE_URL: '', REDIS_URL: ' ' })).toEqual({
      databaseUrl: null,
      redisUrl: null,
      smtpUrl: null,
      smsGatewayUrl: null,
      isEmbedded: true,
      recordsMail: true,
      recordsSms: true,
    });
  });

  it('record no SMS beside real mail, and nothing where a gateway is set', () => {
    expect(readSurroundings({ SMTP_URL: 'smtp://mail' })).toMatchObject({
      recordsMail: false,
      recordsSms: false,
    });
    expect(readSurroundings({ SMS_GATEWAY_URL: 'https://sms' })).toMatchObject({
      recordsMail: true,
      recordsSms: false,
    });
    expect(readSurroundings({ SMS_PROVIDER: 'aliyun' })).toMatchObject({ recordsSms: false });
    expect(readSurroundings({ SMS_PROVIDER: 'http' })).toMatchObject({ recordsSms: true });
  });
});

describe('the environment of the product', () => {
  it('has what was started, with random secrets and a queue of its own', () => {
    expect(environmentFrom({ LOCALE: 'en' })).toEqual({
      LOCALE: 'en',
      HOST: '127.0.0.1',
      PORT: '3000',
      PUBLIC_URL: 'http://127.0.0.1:3000',
      WORKER_IN_PROCESS: 'true',
      DATABASE_URL: connections.databaseUrl,
      MIGRATION_DATABASE_URL: connections.migrationDatabaseUrl,
      REDIS_URL: connections.redisUrl,
      REDIS_PREFIX: '{shukun-1a2b}',
      RATE_LIMIT_ACCOUNT: '60000',
      RATE_LIMIT_ADDRESS: '120000',
      RATE_LIMIT_SIGN_IN: '600',
      SECOND_FACTOR_ROLES: 'none',
      SMTP_URL: connections.smtpUrl,
      SMS_GATEWAY_URL: connections.smsGatewayUrl,
      SMS_GATEWAY_TOKEN: 'a-random-sms-token',
      TOKEN_SECRET: 'a-random-token-secret',
      PERSONAL_DATA_KEYS: 'k1:a-random-key',
      FILES_DIR: '/data/files',
    });
  });

  it.each(['127.0.0.2', '::1', 'localhost'])('is for scripts on %s', (host) => {
    expect(environmentFrom({}, connections, host)).toMatchObject({ SECOND_FACTOR_ROLES: 'none' });
  });

  it.each(['0.0.0.0', '::', '10.1.2.3', 'shukun.example'])('has limits and second factors on %s', (host) => {
    const environment = environmentFrom({}, connections, host);
    const relaxed = ['SECOND_FACTOR_ROLES', 'RATE_LIMIT_ACCOUNT', 'RATE_LIMIT_ADDRESS', 'RATE_LIMIT_SIGN_IN'];
    for (const name of relaxed) expect(environment).not.toHaveProperty(name);
    expect(environment).toHaveProperty('REDIS_PREFIX');
  });

  it("leaves the user's own settings and services as they are", () => {
    const users = {
      DATABASE_URL: 'postgresql://users',
      MIGRATION_DATABASE_URL: 'postgresql://owner',
      REDIS_URL: 'redis://users',
      SMTP_URL: 'smtp://users',
      SMS_GATEWAY_URL: 'https://sms',
      SMS_GATEWAY_TOKEN: 'theirs',
      TOKEN_SECRET: 'theirs-too',
      PERSONAL_DATA_KEYS: 'k1:theirs',
      FILES_DIR: '/srv/files',
      PUBLIC_URL: 'https://shukun.example',
    };
    const reached = {
      databaseUrl: users.DATABASE_URL,
      migrationDatabaseUrl: null,
      redisUrl: users.REDIS_URL,
      smtpUrl: users.SMTP_URL,
      smsGatewayUrl: users.SMS_GATEWAY_URL,
    };
    const environment = environmentFrom(users, reached);
    expect(environment).toMatchObject(users);
    expect(environment).not.toHaveProperty('REDIS_PREFIX');
    expect(environment).not.toHaveProperty('RATE_LIMIT_ACCOUNT');
    expect(environment).not.toHaveProperty('SECOND_FACTOR_ROLES');
  });
});

it.each([
  ['0.0.0.0', '127.0.0.1'],
  ['::', '127.0.0.1'],
  ['::1', '[::1]'],
  ['localhost', 'localhost'],
])('a server on %s is reached at %s', (host, reached) => {
  expect(reachableHost(host)).toBe(reached);
});
