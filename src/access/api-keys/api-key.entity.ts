import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { Account } from '../account.entity.js';
import type { ApiKeyScope } from './api-key-scopes.js';

/** By which a portal that is a machine comes in. The secret itself is kept nowhere. */
@Entity('api_keys')
@Check(
  'api_keys_scopes_check',
  `cardinality("scopes") > 0 AND "scopes" <@ ARRAY['cases.read', 'cases.report', 'problems.read', 'problems.report',
    'enterprises.read', 'ratings.write', 'files.write', 'production.report', 'statistics.read']`,
)
@Check('api_keys_units_check', `cardinality("reporting_unit_ids") > 0`)
@Check(
  'api_keys_life_check',
  `"expires_at" > "secret_at" AND "expires_at" <= "secret_at" + interval '8784 hours'`,
)
@Check(
  'api_keys_overlap_check',
  `num_nulls("previous_hash", "previous_until") IN (0, 2) AND "previous_until" <= "secret_at" + interval '168 hours'`,
)
export class ApiKey {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('text')
  name!: string;

  /** Stands in the token in clear: by it people recognise a key, and we find it. */
  @Index('api_keys_prefix_key', { unique: true })
  @Column('text')
  prefix!: string;

  /** SHA-256 of the secret; with 256 random bits there is nothing to guess that a slow hash would make slower. */
  @Column('bytea')
  secretHash!: Buffer;

  /** When the present secret was made: a secret lives a year at most. */
  @Column('timestamptz')
  secretAt!: Date;

  /** The secret before it, good until `previousUntil`, so that a portal can change over without a gap. */
  @Column('bytea', { nullable: true })
  previousHash!: Buffer | null;

  @Column('timestamptz', { nullable: true })
  previousUntil!: Date | null;

  @Column('text', { array: true })
  scopes!: ApiKeyScope[];

  /** `null`: all of them. */
  @Column('uuid', { array: true, nullable: true })
  reportingUnitIds!: string[] | null;

  @Column('timestamptz')
  expiresAt!: Date;

  /** To the minute. */
  @Column('timestamptz', { nullable: true })
  lastUsedAt!: Date | null;

  @Column('timestamptz', { nullable: true })
  revokedAt!: Date | null;

  @Column('uuid')
  createdBy!: string;

  @ManyToOne(() => Account)
  @JoinColumn({ name: 'created_by' })
  creator?: Account;

  @Column('timestamptz')
  createdAt!: Date;

  @Column('int', { default: 1 })
  version!: number;
}
