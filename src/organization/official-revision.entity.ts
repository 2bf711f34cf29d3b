import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { Department } from './department.entity.js';
import { Official, type OfficialDuty } from './official.entity.js';

/**
 * Where an official sat and with which duty: the weekly table leaves out departments where only leaders sit. Written
 * by a trigger on `officials`, so that no way of changing one can forget it.
 */
@Entity('official_revisions')
@Index('official_revisions_official_idx', ['officialId', 'recordedAt'])
export class OfficialRevision {
  @PrimaryColumn('uuid', { default: () => 'uuidv7()' })
  id!: string;

  @Column('uuid')
  officialId!: string;

  @ManyToOne(() => Official)
  @JoinColumn({ name: 'official_id' })
  official?: Official;

  @Column('uuid')
  departmentId!: string;

  @ManyToOne(() => Department)
  @JoinColumn({ name: 'department_id' })
  department?: Department;

  @Column('text')
  duty!: OfficialDuty;

  @Column('text')
  name!: string;

  @Column('timestamptz', { default: () => 'now()' })
  recordedAt!: Date;
}
