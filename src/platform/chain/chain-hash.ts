import { createHash } from 'node:crypto';

/** SHA-256, or SM3 (GB/T 32905), both of 32 bytes. Each row says which one it was hashed with. */
export const HASH_ALGORITHMS = ['sha256', 'sm3'] as const;
export type HashAlgorithm = (typeof HASH_ALGORITHMS)[number];

/** The hash of a link: over the hash of the link before it and over what it says, so that none can be changed alone. */
export function chainHash(algorithm: HashAlgorithm, previous: Buffer | null, said: unknown): Buffer {
  return createHash(algorithm)
    .update(previous ?? Buffer.alloc(0))
    .update(canonical(said))
    .digest();
}

/** JSON with sorted keys and without undefined members: the same for what was written and what jsonb gives back. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([key, member]) => `${JSON.stringify(key)}:${canonical(member)}`);
  return `{${members.join(',')}}`;
}
