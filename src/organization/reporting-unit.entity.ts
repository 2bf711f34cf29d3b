import { Column, Entity, PrimaryColumn } from 'typeorm';

export const REPORTING_UNIT_KINDS = ['county', 'zone'] as const;
export type ReportingUnitKind = (typeof REPORTING_UNIT_KINDS)[number];

/** A row of the weekly table: a county or district (GB/T 2260 code), or a zone with an internal code. */
@Entity('reporting_units')
export class ReportingUnit {
  @PrimaryColumn('uuid')
  id!: string;

  /** GB/T 2260 code of a county or district; an internal code such as `AK-GX` for a zone that has none. */
  @Column('text', { unique: true })
  code!: string;

  @Column('text')
  name!: string;

  @Column('text')
  kind!: ReportingUnitKind;

  /** GB/T 2260 code of the city. */
  @Column('text')
  parentCode!: string;

  /** Where a zone lies; it says so and gives neither scope nor row. */
  @Column('text', { nullable: true })
  liesInCode!: string | null;

  /** Other names under which ledgers know the unit. */
  @Column('text', { array: true, default: () => "'{}'" })
  aliases!: string[];

  /** GB/T 2260 codes that the unit had before. */
  @Column('text', { array: true, default: () => "'{}'" })
  retiredCodes!: string[];

  /** Place in tables. */
  @Column('int')
  position!: number;
}
