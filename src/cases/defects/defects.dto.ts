import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsIn, IsOptional } from 'class-validator';
import { PAIRING_TIERS, type PairingTier } from '../../enterprises/pairing.entity.js';
import { pageOf, PageQuery } from '../../platform/http/paging.js';
import { toList } from '../../platform/http/query-values.js';
import { DEFECT_KINDS, type DefectKind, SUBJECT_KINDS, type SubjectKind } from './defect-statements.js';

export class DefectQuery extends PageQuery {
  @ApiPropertyOptional({
    enum: DEFECT_KINDS,
    isArray: true,
    description: 'Any of these kinds.',
    example: ['department_without_liaison'],
  })
  @IsOptional()
  @Transform(toList)
  @IsIn(DEFECT_KINDS, { each: true })
  kind?: DefectKind[];
}

class DefectSubject {
  @ApiProperty({ enum: SUBJECT_KINDS, example: 'department' })
  type!: SubjectKind;

  @ApiProperty({ format: 'uuid', example: '0193a1b2-0000-7000-8000-000000000003' })
  id!: string;

  @ApiProperty({ description: 'Name, or number of a case or problem.', example: '市工信局' })
  name!: string;
}

export class DefectView {
  @ApiProperty({ enum: DEFECT_KINDS, example: 'department_without_liaison' })
  kind!: DefectKind;

  @ApiProperty({ type: DefectSubject, description: 'Where it is to be put right.' })
  subject!: DefectSubject;

  @ApiProperty({
    enum: PAIRING_TIERS,
    isArray: true,
    nullable: true,
    description: 'At which tiers nobody is paired; `null` of any other gap.',
    example: null,
  })
  tiers!: PairingTier[] | null;
}

export class DefectPage extends pageOf(DefectView) {}
