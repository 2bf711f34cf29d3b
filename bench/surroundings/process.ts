import path from 'node:path';
import { readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import type { Children } from '../../src/local/children.js';
import { freePort } from '../../src/local/ports.js';
import type { Bench } from '../bench.js';
import { cpuSeconds, cpuSecondsOfFamily } from './cpu-time.js';

/** Where scripts/build-if-stale.mjs puts the product and the bench. */
export const BUILT = 'dist.bench';
const READY_WITHIN_MS = 60_000;

/** A server that runs as a process of its own, and when it first answered. */
export interface Running {
  url: string;
  /** From its start to its first good answer. */
  readyMs: number;
  stop(): Promise<void>;
  memoryMiB(): number;
  /** Processor time that it and the database have had up to now. */
  cpuSeconds(): number;
}

export interface ServerPlan {
  name: string;
  /** Under {@link BUILT}. */
  module: string;
  args?: readonly string[];
  env: NodeJS.ProcessEnv;
  /** Answers 200 once the server can serve. */
  readyPath: string;
}

/** Starts a server on a free port, which it is told as `PORT`. */
export async function startProcess({ launch, children, data }: Bench, plan: ServerPlan): Promise<Running> {
  const port = await freePort('127.0.0.1');
  const url = `http://127.0.0.1:${port}`;
  const startedAt = performance.now();
  const child = children.serve({
    name: plan.name,
    command: process.execPath,
    args: [path.join(launch.root, BUILT, plan.module), ...(plan.args ?? [])],
    cwd: launch.root,
    env: { ...plan.env, HOST: '127.0.0.1', PORT: String(port) },
  });
  const pidOf = (name: string): number => {
    const { pid }: { pid: number } = JSON.parse(readFileSync(path.join(data.pids, `${name}.json`), 'utf8'));
    return pid;
  };
  const [pid, postgres] = [pidOf(plan.name), pidOf('postgresql')];
  await untilReady(child, url + plan.readyPath);
  const readyMs = performance.now() - startedAt;
  return {
    url,
    readyMs,
    stop: () => child.stop(),
    memoryMiB: () => residentMiB(pid),
    cpuSeconds: () => cpuSeconds(pid) + cpuSecondsOfFamily(postgres),
  };
}

async function untilReady(child: ReturnType<Children['serve']>, url: string): Promise<void> {
  const deadline = performance.now() + READY_WITHIN_MS;
  while (performance.now() < deadline && !child.hasExited) {
    try {
      if ((await fetch(url)).ok) return;
    } catch {
      // It does not listen yet.
    }
    await wait(5);
  }
  throw new Error(`${child.name} is not ready.\n${child.logTail()}`);
}

/** What the process holds in memory now; `NaN` where /proc does not tell. */
function residentMiB(pid: number): number {
  try {
    const kib = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return Number(kib) / 1024;
  } catch {
    return Number.NaN;
  }
}
