import { execFileSync, spawnSync } from 'node:child_process';
import { isIP } from 'node:net';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

interface Service {
  image: string;
  command?: string[];
  environment: Record<string, string>;
  depends_on?: Record<string, { condition: string }>;
  healthcheck?: { test: string[] };
  volumes?: string[];
  ports?: string[];
  networks: Record<string, unknown>;
  user?: string;
}

const root = path.resolve(import.meta.dirname, '../..');
const example = readFileSync(path.join(root, '.env.example'), 'utf8');
const secrets = [
  'POSTGRES_PASSWORD',
  'OWNER_DB_PASSWORD',
  'APP_DB_PASSWORD',
  'REDIS_PASSWORD',
  'TOKEN_SECRET',
  'PERSONAL_DATA_KEYS',
];
const required = [...secrets, 'PUBLIC_URL'];

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'shukun-compose-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** `docker-compose config` with an .env of these values, and nothing from the environment of the test. */
function config(values: Record<string, string>, ...args: string[]) {
  const file = path.join(folder, 'env');
  const lines = example.split('\n').map((line) => {
    const name = line.split('=')[0] ?? '';
    return name in values ? `${name}=${values[name]}` : line;
  });
  writeFileSync(file, lines.join('\n'));
  return spawnSync('docker-compose', ['--env-file', file, 'config', ...args], {
    cwd: root,
    env: { PATH: process.env['PATH'], HOME: folder },
    encoding: 'utf8',
  });
}

const complete = Object.fromEntries(
  required.map((name) => [
    name,
    name === 'PUBLIC_URL' ? 'https://shukun.example' : `${name.toLowerCase()}0123456789`,
  ]),
);

interface Composed {
  services: Record<string, Service>;
  networks: Record<string, { ipam?: { config: Array<{ subnet: string; gateway: string }> } }>;
}

/** What comes of an .env of these values. */
function composed(values: Record<string, string>): Composed {
  const { status, stdout, stderr } = config(values);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  // The Debian package of docker-compose brings this module along.
  const asJson = 'import json, sys, yaml; json.dump(yaml.safe_load(sys.stdin), sys.stdout)';
  const parsed: Composed = JSON.parse(
    execFileSync('python3', ['-c', asJson], { input: stdout, encoding: 'utf8' }),
  );
  return parsed;
}

describe('docker-compose.yml', () => {
  let services: Record<string, Service>;
  let networks: Composed['networks'];

  beforeAll(() => {
    ({ services, networks } = composed(complete));
  });

  const service = (name: string): Service => {
    const found = services[name];
    if (found === undefined) throw new Error(`no service ${name}`);
    return found;
  };

  it('is what .env.example asks for, and nothing of it may be missing', () => {
    for (const name of required) {
      const { status, stderr } = config({ ...complete, [name]: '' }, '--quiet');
      expect({ name, status }).not.toEqual({ name, status: 0 });
      expect(stderr).toContain(`${name} is missing in .env`);
    }
  });

  it('holds no secret and no default for one', () => {
    const text = readFileSync(path.join(root, 'docker-compose.yml'), 'utf8');
    for (const name of secrets) {
      expect(text).not.toMatch(new RegExp(`\\$\\{${name}(:?-|\\}|$)`));
      expect(example).toMatch(new RegExp(`^${name}=$`, 'm'));
    }
  });

  it('has PostgreSQL 18 and a Redis 7 that loses and evicts nothing', () => {
    expect(service('postgres').image).toBe('postgres:18');
    const redis = service('redis');
    expect(redis.image).toBe('redis:7');
    const command = (redis.command ?? []).join(' ');
    expect(command).toContain('--appendonly yes');
    expect(command).toContain('--maxmemory-policy noeviction');
  });

  it('migrates before the API and the worker, as the owner, who is nowhere else', () => {
    expect(service('migrate').command).toEqual(['node', 'dist/src/cli.js', 'migrate']);
    expect(service('migrate').environment['MIGRATION_DATABASE_URL']).toContain('//shukun_owner:');
    for (const name of ['api', 'worker']) {
      expect(service(name).depends_on?.['migrate']).toEqual({ condition: 'service_completed_successfully' });
      expect(service(name).environment['DATABASE_URL']).toContain('//shukun_app:');
      expect(JSON.stringify(service(name).environment)).not.toContain('owner');
    }
  });

  it('asks each of its servers whether it is well, and keeps their data in volumes', () => {
    for (const name of ['postgres', 'redis', 'api', 'worker']) {
      expect(service(name).healthcheck?.test.length).toBeGreaterThan(1);
      expect(service(name).volumes?.[0]).toMatch(/^(postgres|redis|files):/);
    }
    expect(service('api').volumes).toEqual(service('worker').volumes);
  });

  it('opens nothing but the API, and that on this machine only', () => {
    const open = Object.entries(services).filter(([, { ports }]) => ports !== undefined);
    expect(open.map(([name, { ports }]) => [name, ports])).toEqual([['api', ['127.0.0.1:3000:3000/tcp']]]);
    for (const name of ['postgres', 'redis', 'migrate'])
      expect(Object.keys(service(name).networks)).toEqual(['data']);
  });

  it('trusts the gateway of its own network as a proxy, no range, and nobody where .env says so', () => {
    const gateway = networks['outside']?.ipam?.config[0]?.gateway;
    expect(isIP(gateway ?? '')).toBe(4);
    expect(service('api').environment['TRUSTED_PROXIES']).toBe(gateway);
    expect(example).toMatch(new RegExp(`^#TRUSTED_PROXIES=${gateway}$`, 'm'));
    const setEmpty = composed({ ...complete, PUBLIC_URL: `${complete['PUBLIC_URL']}\nTRUSTED_PROXIES=` });
    expect(setEmpty.services['api']?.environment['TRUSTED_PROXIES']).toBe('');
  });

  it('runs an image whose user is not root', () => {
    const text = readFileSync(path.join(root, 'Dockerfile'), 'utf8');
    const last = text.slice(text.lastIndexOf('\nFROM '));
    expect(last).toMatch(/^USER node$/m);
    expect(Object.values(services).filter(({ user }) => user !== undefined)).toEqual([]);
  });
});
