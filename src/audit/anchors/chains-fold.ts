import { createHash, type Hash } from 'node:crypto';
import { chainHash, type HashAlgorithm } from '../../platform/chain/chain-hash.js';

/** How a chain stood at the end of the days that an anchor covers. */
export interface ChainStanding {
  chainId: string;
  sequence: number;
  hash: Buffer;
}

/** Folds chains, in the order of their ids, into one hash; whoever makes an anchor and whoever verifies it do the same. */
export class ChainsFold {
  private readonly hash: Hash;

  constructor(algorithm: HashAlgorithm) {
    this.hash = createHash(algorithm);
  }

  add({ chainId, sequence, hash }: ChainStanding): void {
    this.hash.update(`${chainId} ${sequence} ${hash.toString('hex')}\n`);
  }

  digest(): Buffer {
    return this.hash.digest();
  }
}

/** What an anchor says; its numbers as numbers. */
export interface Anchor {
  anchoredOn: string;
  until: Date;
  recordedAt: Date;
  chains: number;
  events: number;
  chainsHash: Buffer;
  auditSequence: number;
  auditHash: Buffer | null;
  algorithm: HashAlgorithm;
  hash: Buffer;
}

/** Over the hash of the anchor before it and all that the anchor says. */
export function anchorHash(previous: Buffer | null, anchor: Omit<Anchor, 'hash'>): Buffer {
  const { until, recordedAt, chainsHash, auditHash, ...rest } = anchor;
  return chainHash(anchor.algorithm, previous, {
    ...rest,
    until: until.toISOString(),
    recordedAt: recordedAt.toISOString(),
    chainsHash: chainsHash.toString('hex'),
    auditHash: auditHash?.toString('hex') ?? null,
  });
}

/** Columns of `chain_anchors` as {@link Anchor}. */
export const ANCHOR_COLUMNS = `anchored_on AS "anchoredOn", until, recorded_at AS "recordedAt", chains::float8 AS chains,
  events::float8 AS events, chains_hash AS "chainsHash", audit_sequence::float8 AS "auditSequence",
  audit_hash AS "auditHash", algorithm, hash`;
