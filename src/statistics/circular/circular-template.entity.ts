import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { Locale } from '../../platform/errors/message-text.js';

/** One version of the office's template in a language; the highest version for it is the one in force. */
@Entity('circular_templates')
@Check('circular_templates_lang_check', `"lang" IN ('zh-CN', 'en')`)
@Check('circular_templates_content_check', `("sha256" IS NULL) = ("size" IS NULL)`)
@Index('circular_templates_lang_idx', ['lang', 'version'])
export class CircularTemplate {
  /** One counter for all languages: an issue's version alone says by which template it was written. */
  @PrimaryColumn('int')
  version!: number;

  @Column('text')
  lang!: Locale;

  /** `null`: the shipped template is in force again. */
  @Column('text', { nullable: true })
  sha256!: string | null;

  /** Bytes. */
  @Column('int', { nullable: true })
  size!: number | null;

  @Column('timestamptz')
  recordedAt!: Date;

  @Column('uuid')
  recordedBy!: string;
}
