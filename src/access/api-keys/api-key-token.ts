import { createHash, randomBytes } from 'node:crypto';
import { crc32 } from 'node:zlib';

/** By it the token of a key is known among other bearer tokens, and by scanners that look for leaked secrets. */
export const API_KEY_MARK = 'shk_';
const TOKEN = /^shk_([a-z2-9]{8})_([\w-]{43})_([\da-f]{8})$/;
const SECRET_BYTES = 32;
/** 32 of them, so that each random byte gives one without a bias; none is easily taken for another. */
const LETTERS = 'abcdefghijkmnpqrstuvwxyz23456789';

export interface ApiKeyToken {
  /** In clear: by it a key is found. */
  prefix: string;
  /** 256 random bits, base64url. */
  secret: string;
}

/** `shk_<prefix>_<secret>_<checksum>`; a rotated key keeps its prefix. */
export function newApiKeyToken(prefix = randomPrefix()): ApiKeyToken & { token: string } {
  const secret = randomBytes(SECRET_BYTES).toString('base64url');
  const body = `${API_KEY_MARK}${prefix}_${secret}`;
  return { prefix, secret, token: `${body}_${checksum(body)}` };
}

/** `undefined` where it cannot be the token of any key: what is mistyped or made up costs no question to the database. */
export function readApiKeyToken(token: string): ApiKeyToken | undefined {
  const [, prefix, secret, sum] = TOKEN.exec(token) ?? [];
  if (prefix === undefined || secret === undefined) return undefined;
  return checksum(`${API_KEY_MARK}${prefix}_${secret}`) === sum ? { prefix, secret } : undefined;
}

export const hashOfSecret = (secret: string): Buffer => createHash('sha256').update(secret).digest();

const randomPrefix = (): string => [...randomBytes(8)].map((byte) => LETTERS.charAt(byte & 31)).join('');

const checksum = (text: string): string => crc32(text).toString(16).padStart(8, '0');
