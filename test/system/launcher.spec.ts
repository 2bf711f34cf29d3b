import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { portOf } from '../../src/local/ports.js';
import type { RunFile } from '../../src/local/summary.js';
import { until } from '../support/until.js';

const root = path.resolve(import.meta.dirname, '../..');
const launcher = path.join(root, 'scripts/shukun.mjs');

let folder: string;
let running: Launched[] = [];

beforeAll(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'shukun-launcher-'));
});
afterEach(async () => {
  for (const { child, exited } of running) {
    child.kill('SIGTERM');
    await exited;
  }
  running = [];
});
afterAll(() => rmSync(folder, { recursive: true }));

interface Launched {
  child: ChildProcess;
  output: () => string;
  exited: Promise<number | null>;
}

/** A start on the folder of this suite, with nothing of the environment that tests run in. */
function start(args: string[], settings: Record<string, string> = {}, isByNpm = false): Launched {
  const [program, ...command] = isByNpm ? ['npm', 'start', '--'] : [process.execPath, launcher, 'start'];
  const { PATH = '', HOME = os.homedir() } = process.env;
  const child = spawn(program, [...command, ...args, '--data', folder], {
    cwd: root,
    env: { PATH, HOME, ...settings },
    detached: true,
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      said += chunk.toString();
    });
  }
  const exited = new Promise<number | null>((resolve) => child.once('close', resolve));
  const launched = { child, output: () => said, exited };
  running.push(launched);
  return launched;
}

const runFile = (): string => path.join(folder, 'run.json');

function readRun(): RunFile {
  const run: RunFile = JSON.parse(readFileSync(runFile(), 'utf8'));
  return run;
}

async function untilUp({ child, output }: Launched): Promise<RunFile> {
  while (!output().includes('Ctrl-C stops everything')) {
    if (child.exitCode !== null) throw new Error(output());
    await wait(50);
  }
  return readRun();
}

const isReady = async (run: RunFile): Promise<boolean> =>
  fetch(`${run.api}/health/ready`).then(
    ({ ok }) => ok,
    () => false,
  );

/** Whether something listens where the run said that a server is. */
async function answers(url: string): Promise<boolean> {
  const probe = createServer();
  const { hostname, port } = new URL(url);
  try {
    probe.listen(Number(port), hostname);
    await once(probe, 'listening');
    return false;
  } catch {
    return true;
  } finally {
    probe.close();
  }
}

function hasProcesses(group: number): boolean {
  try {
    return process.kill(-group, 0);
  } catch {
    return false;
  }
}

const serversOf = ({ api, mail, databaseUrl, redisUrl }: RunFile): string[] => [
  api,
  mail ?? '',
  databaseUrl.replace('postgresql:', 'http:'),
  redisUrl.replace('redis:', 'http:'),
];

describe('npm start', () => {
  it('ends after the summary, leaves nothing running, and remembers its accounts', async () => {
    const first = start(['--empty', '--exit']);
    expect({ code: await first.exited, said: first.output() }).toMatchObject({ code: 0 });
    expect(first.output()).toContain('administrator 管理员   admin');
    expect(first.output()).toContain('security administrator 安全管理员   security');
    const run = readRun();
    expect(statSync(runFile()).mode % 0o1000).toBe(0o600);
    expect(run.accounts.map(({ role }) => role).toSorted()).toEqual([
      'auditor',
      'county',
      'department',
      'leader',
      'security_admin',
      'system_admin',
      'task_force',
    ]);
    for (const server of serversOf(run)) expect(await answers(server)).toBe(false);

    const second = start(['--exit']);
    expect(await second.exited).toBe(0);
    expect(second.output()).not.toContain('administrator');
    expect(second.output()).not.toContain('example ledger');
    expect(readRun().accounts).toEqual(run.accounts);
  });

  it('recovers from a kill, and refuses a second start beside it', async () => {
    const killed = start([]);
    const left = await untilUp(killed);
    expect(await isReady(left)).toBe(true);
    const beside = start(['--exit']);
    expect(await beside.exited).toBe(1);
    expect(beside.output()).toContain(`already runs on ${folder} (pid ${killed.child.pid})`);
    killed.child.kill('SIGKILL');
    await killed.exited;
    expect(await isReady(left)).toBe(true);

    const next = start([]);
    const run = await untilUp(next);
    expect(await isReady(run)).toBe(true);
    expect(run.accounts).toEqual(left.accounts);
  });

  it('ends with all its servers when its whole process group is told to', async () => {
    const launched = start([], {}, true);
    const run = await untilUp(launched);
    const group = launched.child.pid ?? 0;
    process.kill(-group, 'SIGTERM');
    await launched.exited;
    await until(() => !hasProcesses(group));
    expect(existsSync(runFile())).toBe(false);
    for (const server of serversOf(run)) expect(await answers(server)).toBe(false);
  });

  it('takes another port where the wanted one is busy, and says so', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const busy = portOf(other.address());
    const launched = start(['--exit'], { PORT: String(busy) });
    expect(await launched.exited).toBe(0);
    other.close();
    expect(launched.output()).toContain(`port ${busy} is busy`);
    const run = readRun();
    expect(run.api).not.toContain(String(busy));
  });

  it('tells what is wrong with its arguments and settings, all at once', async () => {
    const argument = start(['--nonsense']);
    expect(await argument.exited).toBe(2);
    expect(argument.output()).toContain('--nonsense');
    const settings = start(['--exit'], { LOCALE: 'fr', PORT: 'abc' });
    expect(await settings.exited).toBe(1);
    expect(settings.output()).toMatch(
      /LOCALE must be one of.*PORT must be|PORT must be.*LOCALE must be one of/s,
    );
  });

  it('stops everything when one of its servers dies, and shows what that one said last', async () => {
    const launched = start([]);
    const run = await untilUp(launched);
    const { pid }: { pid: number } = JSON.parse(readFileSync(path.join(folder, 'pids/api.json'), 'utf8'));
    process.kill(pid, 'SIGKILL');
    expect(await launched.exited).toBe(1);
    expect(launched.output()).toContain('api ended unexpectedly (SIGKILL)');
    for (const server of serversOf(run)) expect(await answers(server)).toBe(false);
  });
});
