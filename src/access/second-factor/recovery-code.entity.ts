import { Entity, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { Account } from '../account.entity.js';

/** Stands once for a code of the second factor that is lost; it is gone when it was used. */
@Entity('recovery_codes')
export class RecoveryCode {
  @PrimaryColumn('uuid')
  accountId!: string;

  @ManyToOne(() => Account)
  @JoinColumn({ name: 'account_id' })
  account?: Account;

  /** SHA-256 of account and code: 130 random bits need no slow hash. */
  @PrimaryColumn('bytea')
  codeHash!: Buffer;
}
