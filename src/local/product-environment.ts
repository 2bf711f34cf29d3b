import { BlockList, isIP } from 'node:net';
import type { Secrets } from './secrets.js';

/** What of the product's surroundings is the user's own, read from the environment, and what is embedded. */
export interface Surroundings {
  databaseUrl: string | null;
  redisUrl: string | null;
  smtpUrl: string | null;
  smsGatewayUrl: string | null;
  /** An embedded database: example accounts, and the example ledger where no message can really leave. */
  isEmbedded: boolean;
  recordsMail: boolean;
  recordsSms: boolean;
}

export function readSurroundings(env: NodeJS.ProcessEnv): Surroundings {
  const set = (name: string): string | null => env[name]?.trim() || null;
  const databaseUrl = set('DATABASE_URL');
  const smtpUrl = set('SMTP_URL');
  const smsGatewayUrl = set('SMS_GATEWAY_URL');
  return {
    databaseUrl,
    redisUrl: set('REDIS_URL'),
    smtpUrl,
    smsGatewayUrl,
    isEmbedded: databaseUrl === null,
    recordsMail: smtpUrl === null,
    // With real mail and no gateway, SMS are off: a recorder would only pretend that they were sent.
    recordsSms: smtpUrl === null && smsGatewayUrl === null && (set('SMS_PROVIDER') ?? 'http') === 'http',
  };
}

/** Addresses of what was started or was there. */
export interface Connections {
  databaseUrl: string;
  /** Null: the user's own environment says, or it is the same as `databaseUrl`. */
  migrationDatabaseUrl: string | null;
  redisUrl: string;
  smtpUrl: string | null;
  smsGatewayUrl: string | null;
}

const LOOPBACK = new BlockList();
LOOPBACK.addSubnet('127.0.0.0', 8);
LOOPBACK.addAddress('::1', 'ipv6');

/** One's own machine is where scripts try things; a thousand requests a second are no attack there. */
const FOR_SCRIPTS = {
  // The example accounts are for scripts, which have a user name and a password alone.
  SECOND_FACTOR_ROLES: 'none',
  RATE_LIMIT_ACCOUNT: '60000',
  RATE_LIMIT_ADDRESS: '120000',
  RATE_LIMIT_SIGN_IN: '600',
};

/** The environment of the product's processes: the user's own settings, and what the launcher decides. */
export function productEnvironment(
  env: NodeJS.ProcessEnv,
  surroundings: Surroundings,
  connections: Connections,
  own: { secrets: Secrets; filesFolder: string; host: string; port: number },
): NodeJS.ProcessEnv {
  const { secrets, host, port } = own;
  return {
    TOKEN_SECRET: secrets.tokenSecret,
    PERSONAL_DATA_KEYS: secrets.personalDataKeys,
    FILES_DIR: own.filesFolder,
    PUBLIC_URL: `http://${reachableHost(host)}:${port}`,
    // The user's database keeps its name for the queue wherever it is started; an embedded one may share a Redis.
    ...(surroundings.isEmbedded ? { REDIS_PREFIX: `{${secrets.redisPrefix}}` } : {}),
    // Others can reach what listens elsewhere.
    ...(surroundings.isEmbedded && isLoopback(host) ? FOR_SCRIPTS : {}),
    ...env,
    HOST: host,
    PORT: String(port),
    WORKER_IN_PROCESS: 'true',
    DATABASE_URL: connections.databaseUrl,
    REDIS_URL: connections.redisUrl,
    ...(connections.migrationDatabaseUrl ? { MIGRATION_DATABASE_URL: connections.migrationDatabaseUrl } : {}),
    ...(connections.smtpUrl ? { SMTP_URL: connections.smtpUrl } : {}),
    ...(connections.smsGatewayUrl ? { SMS_GATEWAY_URL: connections.smsGatewayUrl } : {}),
    ...(surroundings.recordsSms ? { SMS_GATEWAY_TOKEN: secrets.smsToken } : {}),
  };
}

const isLoopback = (host: string): boolean =>
  host === 'localhost' || LOOPBACK.check(host, isIP(host) === 6 ? 'ipv6' : 'ipv4');

/** Where this machine itself reaches a server that listens on that host. */
export function reachableHost(host: string): string {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1';
  return host.includes(':') ? `[${host}]` : host;
}
