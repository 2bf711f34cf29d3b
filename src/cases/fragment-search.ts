import { Injectable } from '@nestjs/common';
import { Reader } from '../platform/database/reader.js';
import type { SubjectKind } from './lifecycle/states.js';
import type { Conditions } from './subject-filter.js';
import { SUBJECT_TABLES } from './subject.js';

/** A fragment of more than so many is common: a list meets enough of them wherever it begins to read. */
const RARE = 1000;
/** Three letters or digits in a row are a trigram, by which an index finds them; Chinese characters are letters. */
const TRIGRAM = /[\p{L}\p{N}]{3}/u;
/** Numbers and credit codes are of these alone; the end of a number is found by the dash before it. */
const OF_A_CODE = /^[A-Z\d-]*([A-Z\d]{3}|[A-Z\d]{2}-|-[A-Z\d])[A-Z\d-]*$/i;
const SHORT = 2;

export interface Lookup {
  sql: string;
  parameters: string[];
}

/** There are a few hundred projects: they are read through. */
const OF_A_PROJECT =
  'SELECT s.id FROM projects p JOIN problems s ON s.project_id = p.id WHERE p.name ILIKE $1 OR p.number ILIKE $1';

interface Term {
  column: 'number' | 'name' | 'credit_code';
  condition: string;
}

/**
 * Searches by a fragment of name, number or credit code. First what the indexes find of it is looked up, up to a
 * bound; a rare fragment is then these ids, and a common one a condition on the rows that a list comes by. In one
 * statement PostgreSQL would have to choose between the two without knowing which it is, and each is a thousand times
 * dearer where the other is right.
 */
@Injectable()
export class FragmentSearch {
  constructor(private readonly reader: Reader) {}

  async add(conditions: Conditions, kind: SubjectKind, fragment: string | undefined): Promise<void> {
    const text = fragment?.trim() ?? '';
    if (text === '') return;
    const { sql, parameters } = lookupOf(kind, text);
    const found = await this.reader.query<{ id: string }>(sql, parameters);
    if (found.length <= RARE) {
      const ids = found.map(({ id }) => id);
      conditions.add('s.id = ANY ({}::uuid[])', ids);
    } else {
      conditions.isPlannedOnce = false;
      conditions.add(common(kind, text), patternOf(text));
    }
  }
}

/** Looks a fragment up by the indexes: each of the terms on its own, since an OR of several tables has no index. */
export function lookupOf(kind: SubjectKind, text: string): Lookup {
  const table = SUBJECT_TABLES[kind];
  const branches = termsOf(text).map(({ column, condition }) =>
    column === 'number'
      ? `SELECT id FROM ${table} WHERE ${condition}`
      : `SELECT s.id FROM enterprises e JOIN ${table} s ON s.enterprise_id = e.id WHERE ${condition}`,
  );
  if (kind === 'problem') branches.push(OF_A_PROJECT);
  return {
    sql: branches.map((branch) => `(${branch} LIMIT ${RARE + 1})`).join(' UNION '),
    parameters: [patternOf(text), text].slice(0, isShort(text) ? 2 : 1),
  };
}

/** `$1` is the pattern; `$2` the text itself, where no trigram can be had of it. */
function termsOf(text: string): Term[] {
  const name: Term = isShort(text)
    ? { column: 'name', condition: 'short_fragments(e.name) @> short_fragments($2) AND e.name ILIKE $1' }
    : { column: 'name', condition: 'e.name ILIKE $1' };
  if (!isOfCode(text)) return [name];
  return [
    { column: 'number', condition: 'number ILIKE $1' },
    name,
    { column: 'credit_code', condition: 'e.credit_code ILIKE $1' },
  ];
}

/** The same for each row on its own: one enterprise by its key. */
function common(kind: SubjectKind, text: string): string {
  const isNamed = (columns: string): string =>
    `(SELECT ${columns} FROM enterprises e WHERE e.id = s.enterprise_id)`;
  const conditions = isOfCode(text)
    ? ['s.number ILIKE {}', isNamed('e.name ILIKE {} OR e.credit_code ILIKE {}')]
    : [isNamed('e.name ILIKE {}')];
  if (kind === 'problem')
    conditions.push(
      '(SELECT p.name ILIKE {} OR p.number ILIKE {} FROM projects p WHERE p.id = s.project_id)',
    );
  return `(${conditions.join(' OR ')})`;
}

const isShort = (text: string): boolean => !TRIGRAM.test(text);
const isOfCode = (text: string): boolean => text.length > SHORT && OF_A_CODE.test(text);
const patternOf = (text: string): string => `%${text.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
