import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { Official } from '../organization/official.entity.js';
import { Enterprise } from './enterprise.entity.js';

/** 包联: a leader answers for an enterprise between two dates. */
@Entity('pairings')
@Index('pairings_live_key', ['enterpriseId', 'officialId'], { unique: true, where: '"to_on" IS NULL' })
export class Pairing {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid')
  enterpriseId!: string;

  @ManyToOne(() => Enterprise)
  @JoinColumn({ name: 'enterprise_id' })
  enterprise?: Enterprise;

  @Index('pairings_official_idx')
  @Column('uuid')
  officialId!: string;

  @ManyToOne(() => Official)
  @JoinColumn({ name: 'official_id' })
  official?: Official;

  @Column('date')
  fromOn!: string;

  /** Last day of it; `null` while it lasts. */
  @Column('date', { nullable: true })
  toOn!: string | null;
}
