import { SEALING_SCHEMES } from './sealing-schemes.js';

/** A column that holds only what is sealed, and beside it the keyed hash by which it is found. */
export interface SealedColumn {
  /** With a primary key `id`. */
  table: string;
  sealed: string;
  searchKey: string;
  /** The constraint that lets nothing else in. */
  check: string;
  /** A column that tells something of the value, which nobody else can tell once it is sealed. */
  told?: { column: string; of: (plain: string) => boolean };
}

/** What a sealed value looks like: `aes-256-gcm:<key id>:<base64url>`. The same in PostgreSQL's expressions. */
export const SEALED_FORM = `^(${SEALING_SCHEMES.join('|')}):[A-Za-z0-9_-]{1,32}:[A-Za-z0-9_-]+$`;

/** Scheme and key of a stored value, as its index has them; `NULL` for what is not sealed. */
export const sealOf = ({ sealed }: SealedColumn): string => `substring(${sealed} FROM '^[^:]+:[^:]+')`;
