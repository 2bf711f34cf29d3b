import { Check, Column, Entity, PrimaryColumn } from 'typeorm';

/** Where the chain of audit events ends, in one row: whoever appends locks it, and what is cut off is missed by it. */
@Entity('trail_end')
@Check('trail_end_single_check', '"id" = 1')
export class TrailEnd {
  @PrimaryColumn('int')
  id!: number;

  @Column('bigint')
  lastSequence!: string;

  @Column('bytea', { nullable: true })
  lastHash!: Buffer | null;
}
