import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryGeneratedColumn } from 'typeorm';
import { Enterprise } from '../../enterprises/enterprise.entity.js';

/** An enterprise that waits to be judged; as often as something of it has changed. */
@Entity('production_unjudged')
@Index('production_unjudged_enterprise_idx', ['enterpriseId'])
export class UnjudgedEnterprise {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'BY DEFAULT' })
  id!: string;

  @Column('uuid')
  enterpriseId!: string;

  @ManyToOne(() => Enterprise)
  @JoinColumn({ name: 'enterprise_id' })
  enterprise?: Enterprise;
}
