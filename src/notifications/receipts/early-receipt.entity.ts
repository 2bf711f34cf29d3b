import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { Receipt } from './receipt.js';

/**
 * A receipt that names an SMS by the gateway's own id only, and came before the answer that says which SMS that is.
 * Twice the same is one row.
 */
@Entity('early_receipts')
@Check('early_receipts_status_check', `"status" IN ('delivered', 'failed')`)
@Index('early_receipts_key', ['gatewayId', 'status'], { unique: true })
@Index('early_receipts_received_idx', ['receivedAt'])
export class EarlyReceipt {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('text')
  gatewayId!: string;

  @Column('text')
  status!: Receipt['status'];

  @Column('text')
  code!: string;

  @Column('text')
  text!: string;

  @Column('timestamptz', { nullable: true })
  at!: Date | null;

  @Column('timestamptz')
  receivedAt!: Date;
}
