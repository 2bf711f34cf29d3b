import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** The first answer to a POST that came with an `Idempotency-Key`, kept for a day. */
@Entity('idempotency_keys')
export class IdempotencyKey {
  /** Whose key it is, an account or an API key: another may use the same one. */
  @PrimaryColumn('uuid')
  accountId!: string;

  @PrimaryColumn('text')
  key!: string;

  /** Of the route and body, keyed: a body may hold a password, which a plain hash would let be guessed. */
  @Column('bytea')
  fingerprint!: Buffer;

  @Column('jsonb')
  headers!: Record<string, string>;

  /** Sealed, for it may hold contacts or a one-time password; `null` where the answer has no body. */
  @Column('bytea', { nullable: true })
  body!: Buffer | null;

  @Index('idempotency_keys_created_idx')
  @Column('timestamptz')
  createdAt!: Date;
}
