import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const HEADINGS = ['round', 'fault', 'kills', 'took', 'outcome', 'invariants'];
const DOCUMENT = path.resolve(import.meta.dirname, '../../docs/reliability.md');
const [FROM, TO] = [
  '<!-- rounds: written by FAULTS_DOCUMENT=1 npm run test:faults -->',
  '<!-- end of rounds -->',
];

/** Prints the table of rounds and outcomes, and with FAULTS_DOCUMENT=1 puts it into docs/reliability.md. */
export default function tearDown() {
  const { FAULTS_OUTCOMES: file, FAULTS_KILLS: kills, FAULTS_DOCUMENT: isDocumented } = process.env;
  if (existsSync(file)) {
    const text = table(
      readFileSync(file, 'utf8')
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line)),
    );
    console.log(`\n${text}`);
    if (isDocumented === '1') document(text);
  }
  if (kills === undefined) rmSync(path.dirname(file), { recursive: true, force: true });
}

/** Of a round that was played again after it had failed, both stand in it. */
function table(lines) {
  const rows = [];
  const ends = [];
  for (const { row, end } of lines) {
    if (row !== undefined) rows.push({ ...row, end: null });
    if (end === undefined) continue;
    ends.push(end);
    const open = rows.findLast((one) => one.round === end.round && one.end === null);
    if (open !== undefined) open.end = end;
    else if (end.fault !== null) rows.push({ ...unreported(end.round), end });
  }
  const cells = rows
    .toSorted((one, other) => one.round.localeCompare(other.round, 'en', { numeric: true }))
    .map((row) => HEADINGS.map((of) => String(cellOf(row, of)).replaceAll('|', '\\|')));
  const inTable = [HEADINGS, HEADINGS.map(() => '---'), ...cells].map((row) => `| ${row.join(' | ')} |`);
  return `${inTable.join('\n')}\n\n${summary(rows, ends)}`;
}

const unreported = (round) => ({ round, fault: '', kills: 0, took: '', outcome: '', invariants: '' });

/** A round can fail although all invariants hold: a time that was to be kept, a status that was to be another. */
const cellOf = ({ end, ...row }, heading) =>
  heading === 'invariants' && end?.fault ? `${row.invariants} **failed: ${end.fault}**` : row[heading];

function summary(rows, ends) {
  const kills = rows.reduce((sum, row) => sum + row.kills, 0);
  const failed = ends.filter(({ fault }) => fault !== null).length;
  const moments = ends.map(({ endedAt }) => endedAt).toSorted();
  const loads = ends.map(({ load }) => load).toSorted((one, other) => one - other);
  const [least, most] = [loads[0] ?? 0, loads.at(-1) ?? 0].map((load) => load.toFixed(1));
  const cores = os.availableParallelism();
  return (
    `${rows.length} rounds, ${kills} kills, ${failed} failed; seed ${process.env.FAULTS_SEED}; ` +
    `ended from ${moments[0]} to ${moments.at(-1)}, on ${cores} cores at a load of ${least} to ${most}.`
  );
}

function document(text) {
  const old = readFileSync(DOCUMENT, 'utf8');
  const [from, to] = [old.indexOf(FROM), old.indexOf(TO)];
  if (from < 0 || to < 0) throw new Error(`${DOCUMENT} has no place for the table`);
  writeFileSync(DOCUMENT, `${old.slice(0, from + FROM.length)}\n\n${text}\n\n${old.slice(to)}`);
}
