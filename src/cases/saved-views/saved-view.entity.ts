import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { Account } from '../../access/account.entity.js';

export const SAVED_VIEW_LISTS = ['cases', 'problems'] as const;
export type SavedViewList = (typeof SAVED_VIEW_LISTS)[number];

/** Filters and order of a list that somebody keeps under a name, for themselves alone. */
@Entity('saved_views')
@Index('saved_views_name_key', ['accountId', 'name'], { unique: true })
@Check('saved_views_list_check', `"list" IN ('cases', 'problems')`)
export class SavedView {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid')
  accountId!: string;

  @ManyToOne(() => Account)
  @JoinColumn({ name: 'account_id' })
  account?: Account;

  @Column('text')
  name!: string;

  @Column('text')
  list!: SavedViewList;

  /** Query parameters of that list, as its validation took them. */
  @Column('jsonb')
  query!: Record<string, unknown>;

  @Column('timestamptz')
  createdAt!: Date;

  @Column('int', { default: 1 })
  version!: number;
}
