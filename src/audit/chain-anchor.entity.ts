import { Check, Column, Entity, PrimaryColumn } from 'typeorm';
import type { HashAlgorithm } from '../platform/chain/chain-hash.js';

/**
 * How all chains stood at the end of a day, in one hash. Each anchor covers the chains that went on since the one
 * before it, which its hash is made over as well: together they cover every event, and none costs more than its days.
 */
@Entity('chain_anchors')
@Check('chain_anchors_algorithm_check', `"algorithm" IN ('sha256', 'sm3')`)
export class ChainAnchor {
  /** The last day covered, in the office time zone; one anchor a day at most. */
  @PrimaryColumn('date')
  anchoredOn!: string;

  /** The end of that day: events recorded before this moment are covered. */
  @Column('timestamptz')
  until!: Date;

  @Column('timestamptz')
  recordedAt!: Date;

  /** Chains begun until then. */
  @Column('bigint')
  chains!: string;

  /** Events of cases and problems until then. */
  @Column('bigint')
  events!: string;

  /** Over chain id, last sequence and last hash of every chain with an event since the anchor before, by chain id. */
  @Column('bytea')
  chainsHash!: Buffer;

  /** Of the audit event that was the last then; 0 where there was none. */
  @Column('bigint')
  auditSequence!: string;

  @Column('bytea', { nullable: true })
  auditHash!: Buffer | null;

  @Column('text')
  algorithm!: HashAlgorithm;

  /** Over the hash of the anchor before it and all of the above. */
  @Column('bytea')
  hash!: Buffer;
}
