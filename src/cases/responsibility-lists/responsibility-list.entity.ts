import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';

export const LIST_SOURCES = ['forum', 'circular', 'canvass', 'other'] as const;
export type ListSource = (typeof LIST_SOURCES)[number];
export const LIST_STATUSES = ['draft', 'issued'] as const;
export type ListStatus = (typeof LIST_STATUSES)[number];

/**
 * One edition of a responsibility list 责任清单: what a forum, a circular or a canvass left to be done. An edition adds
 * to those before it under the same number and takes nothing away; a trigger keeps an issued one as it is.
 */
@Entity('responsibility_lists')
@Check('responsibility_lists_source_check', `"source" IN ('forum', 'circular', 'canvass', 'other')`)
@Check('responsibility_lists_status_check', `"status" IN ('draft', 'issued')`)
@Check('responsibility_lists_issued_check', `("status" = 'issued') = ("issued_at" IS NOT NULL)`)
@Index('responsibility_lists_edition_key', ['number', 'edition'], { unique: true })
@Index('responsibility_lists_draft_key', ['number'], { unique: true, where: `"status" = 'draft'` })
export class ResponsibilityList {
  @PrimaryColumn('uuid')
  id!: string;

  /** Of the document, such as `ZRQD-2021-003`; its editions share it. */
  @Column('text')
  number!: string;

  /** From 1. */
  @Column('int')
  edition!: number;

  @Column('text')
  title!: string;

  @Column('text')
  source!: ListSource;

  /** The date the document bears. */
  @Column('date')
  issuedOn!: string;

  /** Until when its problems may be claimed; `null`: as long as they are reported. */
  @Column('timestamptz', { nullable: true })
  claimUntil!: Date | null;

  @Column('text')
  status!: ListStatus;

  @Column('timestamptz')
  createdAt!: Date;

  @Column('uuid')
  createdBy!: string;

  /** When its items became problems. */
  @Column('timestamptz', { nullable: true })
  issuedAt!: Date | null;

  @Column('uuid', { nullable: true })
  issuedBy!: string | null;

  /** Raised by one at every change of the draft. */
  @Column('int', { default: 1 })
  version!: number;
}
