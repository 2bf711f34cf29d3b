import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';

export const RATINGS = [
  'very_satisfied',
  'satisfied',
  'fairly_satisfied',
  'dissatisfied',
  'very_dissatisfied',
] as const;
export type RatingValue = (typeof RATINGS)[number];

/** 企业评价: what the enterprise thinks of a closure, dated both ways; the last one for a closure counts. */
@Entity('ratings')
@Check('ratings_subject_check', `num_nonnulls("case_id", "problem_id") = 1`)
@Check(
  'ratings_rating_check',
  `"rating" IN ('very_satisfied', 'satisfied', 'fairly_satisfied', 'dissatisfied', 'very_dissatisfied')`,
)
@Check('ratings_source_check', `"source" IN ('call_back', 'portal', 'ledger')`)
export class Rating {
  @PrimaryColumn('uuid')
  id!: string;

  @Index('ratings_case_idx')
  @Column('uuid', { nullable: true })
  caseId!: string | null;

  @Index('ratings_problem_idx')
  @Column('uuid', { nullable: true })
  problemId!: string | null;

  @Column('text')
  rating!: RatingValue;

  @Column('text')
  source!: 'call_back' | 'portal' | 'ledger';

  /** What the enterprise said besides. */
  @Column('text', { nullable: true })
  comment?: string | null;

  @Column('timestamptz')
  effectiveAt!: Date;

  @Index('ratings_recorded_idx')
  @Column('timestamptz')
  recordedAt!: Date;
}
