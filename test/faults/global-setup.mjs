import { randomInt } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** Chooses the seed, where none is given, for all specs together, and a place where their outcomes meet. */
export default function setUp() {
  process.env.FAULTS_SEED ??= String(randomInt(1_000_000));
  process.env.FAULTS_ROUNDS ??= '1';
  process.env.FAULTS_OUTCOMES = path.join(mkdtempSync(path.join(os.tmpdir(), 'shukun-faults-')), 'outcomes');
  console.log(`\nfaults: FAULTS_SEED=${process.env.FAULTS_SEED} FAULTS_ROUNDS=${process.env.FAULTS_ROUNDS}`);
}
