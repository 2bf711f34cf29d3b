import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const DOCUMENT = path.resolve(import.meta.dirname, '../../docs/production.md');
const [FROM, TO] = [
  '<!-- simulation: written by SIMULATION_SIZE=1000 SIMULATION_DOCUMENT=1 -->',
  '<!-- end of simulation -->',
];

/** Puts what was found into docs/production.md, between its marks. */
export function document(text: string): void {
  const old = readFileSync(DOCUMENT, 'utf8');
  const [from, to] = [old.indexOf(FROM), old.indexOf(TO)];
  if (from < 0 || to < 0) throw new Error(`${DOCUMENT} has no place for the simulation`);
  writeFileSync(DOCUMENT, `${old.slice(0, from + FROM.length)}\n\n${text}\n\n${old.slice(to)}`);
}
