import { Refusal } from '../errors/refusal.js';

/** Strong entity tag of a version: `"3"`. */
export const etagOf = (version: number): string => `"${version}"`;

/** For actions, which take `If-Match` where it is sent. @throws Refusal 412 VERSION_STALE */
export function checkIfMatch(header: string | undefined, version: number): void {
  if (header === undefined || header.trim() === '*') return;
  const isMatched = header.split(',').some((tag) => tag.trim() === etagOf(version));
  if (!isMatched) throw new Refusal(412, 'VERSION_STALE', { version });
}

/** For changes, which need it. @throws Refusal 428 IF_MATCH_REQUIRED, 412 VERSION_STALE */
export function requireIfMatch(header: string | undefined, version: number): void {
  if (header === undefined || header.trim() === '') throw new Refusal(428, 'IF_MATCH_REQUIRED');
  checkIfMatch(header, version);
}
