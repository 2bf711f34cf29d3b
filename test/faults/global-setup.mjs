import { randomInt } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** One round each: worker-killed 3, api-killed 3, postgres-killed 2, worker-killed-busy 1, tally-killed 6. The table counts them. */
const KILLS_A_ROUND = 15;
const LONG_RUN = path.resolve(import.meta.dirname, '../../.local/faults-run.jsonl');

/**
 * Chooses the seed, where none is given, for all specs together, and a place where their outcomes meet. That of a long
 * run (FAULTS_KILLS) is kept: the same command goes on with it when it was broken off, another seed begins anew.
 */
export default function setUp() {
  const { env } = process;
  env.FAULTS_ROUNDS ??= '1';
  if (env.FAULTS_KILLS === undefined) {
    env.FAULTS_SEED ??= String(randomInt(1_000_000));
    env.FAULTS_KILL_ROUNDS = env.FAULTS_ROUNDS;
    env.FAULTS_OUTCOMES = path.join(mkdtempSync(path.join(os.tmpdir(), 'shukun-faults-')), 'outcomes');
  } else {
    env.FAULTS_SEED = seedOfLongRun(env.FAULTS_KILLS, env.FAULTS_SEED);
    env.FAULTS_KILL_ROUNDS = String(Math.ceil(Number(env.FAULTS_KILLS) / KILLS_A_ROUND));
    env.FAULTS_OUTCOMES = LONG_RUN;
  }
  const said = ['SEED', 'KILLS', 'ROUNDS', 'KILL_ROUNDS'].map((name) => `FAULTS_${name}`);
  console.log(`\nfaults: ${said.flatMap((name) => (name in env ? [`${name}=${env[name]}`] : [])).join(' ')}`);
}

function seedOfLongRun(kills, wanted) {
  if (existsSync(LONG_RUN)) {
    const { begun } = JSON.parse(readFileSync(LONG_RUN, 'utf8').split('\n', 1)[0]);
    if (begun.kills === kills && (wanted ?? begun.seed) === begun.seed) return begun.seed;
  }
  const seed = wanted ?? String(randomInt(1_000_000));
  mkdirSync(path.dirname(LONG_RUN), { recursive: true });
  writeFileSync(LONG_RUN, `${JSON.stringify({ begun: { kills, seed, at: new Date().toISOString() } })}\n`);
  return seed;
}
