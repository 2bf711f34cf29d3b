import { type Fault, Refusal } from '../errors/refusal.js';

export const MAX_DEPTH = 16;
/** Members of all lists and objects together: a body of ten bytes each is still one megabyte. */
const MOST_VALUES = 20_000;
const FORBIDDEN_KEYS = new Set(['__proto__', 'constructor', 'prototype']);
/** Halves of surrogate pairs, which UTF-8 cannot write. */
const LONE_SURROGATE = /\p{Surrogate}/u;

/**
 * Walks everything that came in and refuses what no text column may hold and no object may be named.
 * @param prefix what a pointer begins with: `` for a body, `?` for a query.
 * @throws Refusal 400 TEXT_INVALID, KEY_FORBIDDEN, BODY_TOO_DEEP, BODY_TOO_MANY_VALUES
 */
export function requireSafeInput(value: unknown, prefix: '' | '?'): void {
  // A list of what is left to look at, not recursion: depth is the attacker's to choose.
  const left: Array<{ value: unknown; path: readonly string[] }> = [{ value, path: [] }];
  let values = 0;
  for (let item = left.pop(); item !== undefined; item = left.pop()) {
    if (typeof item.value === 'string') requireSafeText(item.value, prefix, item.path);
    if (typeof item.value !== 'object' || item.value === null || Buffer.isBuffer(item.value)) continue;
    if (item.path.length >= MAX_DEPTH) throw new Refusal(400, 'BODY_TOO_DEEP', { limit: MAX_DEPTH });
    const members = Object.entries(item.value);
    values += members.length;
    if (values > MOST_VALUES) throw new Refusal(400, 'BODY_TOO_MANY_VALUES', { limit: MOST_VALUES });
    for (const [key, child] of members) {
      const path = [...item.path, key];
      if (FORBIDDEN_KEYS.has(key)) throw fault('KEY_FORBIDDEN', prefix, path);
      requireSafeText(key, prefix, item.path);
      left.push({ value: child, path });
    }
  }
}

function requireSafeText(text: string, prefix: '' | '?', path: readonly string[]): void {
  // NUL is what PostgreSQL cannot store.
  if (text.includes('\0') || LONE_SURROGATE.test(text)) throw fault('TEXT_INVALID', prefix, path);
}

function fault(code: string, prefix: '' | '?', path: readonly string[]): Refusal {
  const steps = path.map((step) => step.replaceAll('~', '~0').replaceAll('/', '~1'));
  const pointer = prefix === '?' ? `?${steps.join('/')}` : steps.map((step) => `/${step}`).join('');
  const faults: Fault[] = [{ pointer, code }];
  return new Refusal(400, code, {}, faults);
}
