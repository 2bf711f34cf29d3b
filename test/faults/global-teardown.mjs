import { existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';

const HEADINGS = ['round', 'fault', 'kills', 'took', 'outcome', 'invariants'];

/** Prints the table of rounds and outcomes, as docs/reliability.md has it. */
export default function tearDown() {
  const { FAULTS_OUTCOMES: file, FAULTS_SEED: seed } = process.env;
  if (existsSync(file)) {
    const rows = readFileSync(file, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
      .toSorted((one, other) => one.round.localeCompare(other.round, 'en', { numeric: true }));
    const lines = [HEADINGS, HEADINGS.map(() => '---'), ...rows.map((row) => HEADINGS.map((of) => row[of]))];
    const kills = rows.reduce((sum, row) => sum + row.kills, 0);
    console.log(`\n${lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n')}`);
    console.log(`\n${rows.length} rounds, ${kills} kills, seed ${seed}`);
  }
  rmSync(path.dirname(file), { recursive: true, force: true });
}
