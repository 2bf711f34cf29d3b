import type { Client } from 'pg';
import { ENTERPRISE_PHONE } from '../../src/enterprises/enterprise-phone.js';
import { OFFICIAL_MOBILE } from '../../src/organization/official-mobile.js';
import type { PersonalData } from '../../src/platform/personal-data/personal-data.js';
import { id } from './sql-functions.js';

const ROWS_AT_ONCE = 25_000;

/** Sealed numbers of enterprises by their ids: PostgreSQL cannot seal. Goes with the schema that it lies in. */
const MAKE_CONTACTS = `CREATE UNLOGGED TABLE bench.contacts (id uuid, sealed text, search_key bytea)`;

export async function sealEnterprises(
  owner: Client,
  personalData: PersonalData,
  count: number,
): Promise<void> {
  await owner.query(MAKE_CONTACTS);
  for (let from = 1; from <= count; from += ROWS_AT_ONCE) {
    const through = Math.min(from + ROWS_AT_ONCE - 1, count);
    const { rows } = await owner.query<{ id: string }>(
      `SELECT ${id('enterprise', 'n')} AS id FROM generate_series($1::int, $2::int) n ORDER BY n`,
      [from, through],
    );
    const numbers = rows.map((_, index) => `136${String(from + index).padStart(8, '0')}`);
    await owner.query(
      `INSERT INTO bench.contacts SELECT * FROM unnest($1::uuid[], $2::text[], $3::bytea[])`,
      [
        rows.map((row) => row.id),
        rows.map((row, index) => personalData.sealed(numbers[index] ?? '', ENTERPRISE_PHONE, row.id)),
        numbers.map((number) => personalData.searchKey(number, ENTERPRISE_PHONE)),
      ],
    );
  }
  await owner.query('ANALYZE bench.contacts');
}

/** There are few of them. */
export async function sealOfficials(owner: Client, personalData: PersonalData): Promise<void> {
  const { rows } = await owner.query<{ id: string }>('SELECT id FROM officials ORDER BY id');
  const numbers = rows.map((_, index) => `139${String(index).padStart(8, '0')}`);
  await owner.query(
    `UPDATE officials o SET mobile_sealed = n.sealed, mobile_search_key = n.search_key, is_mobile = true
       FROM unnest($1::uuid[], $2::text[], $3::bytea[]) AS n (id, sealed, search_key) WHERE o.id = n.id`,
    [
      rows.map((row) => row.id),
      rows.map((row, index) => personalData.sealed(numbers[index] ?? '', OFFICIAL_MOBILE, row.id)),
      numbers.map((number) => personalData.searchKey(number, OFFICIAL_MOBILE)),
    ],
  );
}
