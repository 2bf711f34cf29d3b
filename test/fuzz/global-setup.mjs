import { randomInt } from 'node:crypto';

/** Chooses the seed where none is given, and says it. */
export default function setUp() {
  process.env.FUZZ_SEED ??= String(randomInt(1_000_000));
  process.env.FUZZ_RUNS ??= '20';
  console.log(`\nfuzz: FUZZ_SEED=${process.env.FUZZ_SEED} FUZZ_RUNS=${process.env.FUZZ_RUNS}`);
}
