import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { Account } from './account.entity.js';

/** A password that an account had before its present one; the oldest are forgotten. */
@Entity('former_passwords')
@Index('former_passwords_account_idx', ['accountId', 'id'])
export class FormerPassword {
  /** UUIDv7: in the order in which they were replaced. */
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid')
  accountId!: string;

  @ManyToOne(() => Account)
  @JoinColumn({ name: 'account_id' })
  account?: Account;

  /** Argon2id, PHC string. */
  @Column('text')
  passwordHash!: string;

  @Column('timestamptz')
  replacedAt!: Date;
}
