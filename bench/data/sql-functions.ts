import type { DataSetPlan } from './size.js';

const KINDS = [
  'case',
  'problem',
  'assignment',
  'event',
  'closure_request',
  'reminder',
  'delivery',
  'message',
  'enterprise',
  'enterprise_revision',
  'department',
  'department_revision',
  'official',
  'leader',
  'pairing',
  'co_handler',
  'actor',
] as const;

type Kind = (typeof KINDS)[number];
const codeOf = (kind: Kind): number => KINDS.indexOf(kind) + 1;

/** The id of the n-th row of a kind, in SQL. Ids follow from numbers, so no statement has to look one up. */
export const id = (kind: Kind, n: string): string => `bench.id(${codeOf(kind)}, ${n})`;

/** The id of the row of another kind that has the same number. */
export const sameNumber = (kind: Kind, of: string): string => `bench.same_number(${codeOf(kind)}, ${of})`;

/** A number from 0 to `choices - 1` that is always the same for this row and purpose, in SQL. */
export const pick = (n: string, purpose: number, choices: number): string =>
  `bench.pick(${n}, ${purpose}, ${choices})`;

/** One of a closed list, in SQL. */
export const oneOf = (n: string, purpose: number, values: readonly string[]): string =>
  `(ARRAY['${values.join("','")}'])[1 + ${pick(n, purpose, values.length)}]`;

/** What the statements are written with. They live in a schema of their own that goes when the data set is made. */
export const makeFunctions = ({ seed }: DataSetPlan): string => `
CREATE SCHEMA bench;

-- UUIDv7: 48 bits that grow with n, then the kind, then n.
CREATE FUNCTION bench.id(kind int, n bigint) RETURNS uuid LANGUAGE sql IMMUTABLE AS $$
  SELECT (lpad(to_hex(1700000000000 + n), 12, '0') || '7' || lpad(to_hex(kind), 3, '0')
          || '8' || lpad(to_hex(n), 15, '0'))::uuid
$$;

CREATE FUNCTION bench.same_number(kind int, of uuid) RETURNS uuid LANGUAGE sql IMMUTABLE AS $$
  SELECT overlay(of::text PLACING lpad(to_hex(kind), 3, '0') FROM 16)::uuid
$$;

CREATE FUNCTION bench.pick(n bigint, purpose int, choices int) RETURNS int LANGUAGE sql IMMUTABLE AS $$
  SELECT ((hashint8extended(n, ${seed}::bigint * 1000 + purpose) & 2147483647) % choices)::int
$$;

-- 18:00 of a day in the office's zone, and an instant as events write it.
CREATE FUNCTION bench.evening(on_day date) RETURNS timestamptz LANGUAGE sql IMMUTABLE AS $$
  SELECT (on_day + time '10:00') AT TIME ZONE 'UTC'
$$;
CREATE FUNCTION bench.iso(at timestamptz) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT '"' || to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') || '"'
$$;

-- GB 32100-2015: the check character of 17 digits.
CREATE FUNCTION bench.credit_code(digits text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT digits || substr('0123456789ABCDEFGHJKLMNPQRTUWXY', 1 + (31 - (sum(
           substr(digits, place, 1)::int
           * (ARRAY[1,3,9,27,19,26,16,17,20,29,25,13,8,24,10,30,28])[place]) % 31)::int) % 31, 1)
    FROM generate_series(1, 17) place
$$;

-- The running hash of a chain of events.
CREATE FUNCTION bench.link(previous bytea, body text) RETURNS bytea LANGUAGE sql IMMUTABLE AS $$
  SELECT sha256(previous || convert_to(body, 'UTF8'))
$$;
CREATE AGGREGATE bench.chain(text) (SFUNC = bench.link, STYPE = bytea, INITCOND = '');

-- Of each calendar date, the place of the first working day from it on; of each place, its date.
CREATE TABLE bench.days (on_day date PRIMARY KEY, place int NOT NULL);
CREATE TABLE bench.working (place int PRIMARY KEY, on_day date NOT NULL);
`;

export const DROP_FUNCTIONS = 'DROP SCHEMA bench CASCADE';
