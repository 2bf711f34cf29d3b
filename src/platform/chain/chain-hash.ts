import { createHash } from 'node:crypto';
import { canonical } from './canonical.js';

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
