import { ApiProperty, ApiPropertyOptional, PartialType } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import {
  ArrayNotEmpty,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsEmail,
  IsIn,
  IsOptional,
  IsString,
  IsUUID,
  Length,
  Matches,
  MaxLength,
} from 'class-validator';
import { IsOneLine, MayBeAbsent, MayBeNull } from '../platform/http/fields.js';
import { pageOf, PageQuery } from '../platform/http/paging.js';
import { toBoolean, toList } from '../platform/http/query-values.js';
import {
  NOTICE_CHANNELS,
  type NoticeChannel,
  OFFICIAL_DUTIES,
  type OfficialDuty,
} from './official.entity.js';
import { PHONE, toPhone } from './phone.js';

export class OfficialQuery extends PageQuery {
  @ApiPropertyOptional({
    isArray: true,
    type: String,
    format: 'uuid',
    description: 'Ids of departments, any of them.',
  })
  @IsOptional()
  @Transform(toList)
  @IsUUID(undefined, { each: true })
  department?: string[];

  @ApiPropertyOptional({
    enum: OFFICIAL_DUTIES,
    isArray: true,
    description: 'Any of these duties.',
    example: ['leader'],
  })
  @IsOptional()
  @Transform(toList)
  @IsIn(OFFICIAL_DUTIES, { each: true })
  duty?: OfficialDuty[];

  @ApiPropertyOptional({ example: true })
  @IsOptional()
  @Transform(toBoolean)
  @IsBoolean()
  isActive?: boolean;

  @ApiPropertyOptional({ description: 'Fragment of the name.', example: '王' })
  @IsOptional()
  @IsString()
  @Length(1, 100)
  q?: string;

  @ApiPropertyOptional({
    description:
      'The whole number, with or without blanks, hyphens and +86. Only for who may see contacts in full: else numbers could be guessed until one fits its mask.',
    example: '19912340001',
  })
  @IsOptional()
  @Transform(toPhone)
  @Matches(PHONE)
  mobile?: string;
}

export class OfficialBody {
  @ApiProperty({ format: 'uuid', example: '0193a1b2-0000-7000-8000-000000000003' })
  @IsUUID()
  departmentId!: string;

  @ApiProperty({ example: '王建国', maxLength: 50 })
  @IsOneLine()
  @IsString()
  @Length(1, 50)
  @Matches(/^\S([\s\S]*\S)?$/u)
  name!: string;

  @ApiProperty({ description: 'Title, as the directory gives it.', example: '科长', maxLength: 50 })
  @IsString()
  @Length(1, 50)
  post!: string;

  @ApiProperty({
    enum: OFFICIAL_DUTIES,
    description: '`head` 局长, `liaison` 联络员, `handler` 科长 or 干部, `leader` 市级领导.',
    example: 'handler',
  })
  @IsIn(OFFICIAL_DUTIES)
  duty!: OfficialDuty;

  @ApiPropertyOptional({
    type: String,
    nullable: true,
    description: 'Digits only: an 11-digit mobile, or an area code with 7 or 8 digits.',
    example: '19912340001',
  })
  @MayBeNull()
  @Matches(PHONE)
  mobile?: string | null;

  @ApiPropertyOptional({ type: String, nullable: true, example: 'wang@ankang.example' })
  @MayBeNull()
  @IsEmail()
  @MaxLength(254)
  email?: string | null;
}

export class OfficialChangeBody extends PartialType(OfficialBody, { skipNullProperties: false }) {
  @ApiPropertyOptional({ description: 'Refused while the official has live assignments.', example: false })
  @MayBeAbsent()
  @IsBoolean()
  isActive?: boolean;

  @ApiPropertyOptional({
    enum: NOTICE_CHANNELS,
    isArray: true,
    nullable: true,
    description:
      'By which channels the official is told what policy leaves to choose, one at least; `null`: by all. Reminders are not affected.',
    example: ['email'],
  })
  @MayBeNull()
  @IsArray()
  @ArrayNotEmpty()
  @ArrayUnique()
  @IsIn(NOTICE_CHANNELS, { each: true })
  noticeChannels?: NoticeChannel[] | null;
}

class DepartmentName {
  @ApiProperty({ format: 'uuid', example: '0193a1b2-0000-7000-8000-000000000003' })
  id!: string;

  @ApiProperty({ example: '市自然资源局' })
  name!: string;
}

export class OfficialView {
  @ApiProperty({ format: 'uuid', example: '0193a1b2-0000-7000-8000-000000000004' })
  id!: string;

  @ApiProperty({ type: DepartmentName })
  department!: DepartmentName;

  @ApiProperty({ example: '王建国' })
  name!: string;

  @ApiProperty({ example: '科长' })
  post!: string;

  @ApiProperty({ enum: OFFICIAL_DUTIES, example: 'handler' })
  duty!: OfficialDuty;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'Masked. `POST /officials/{id}/reveal-contact` tells it in full.',
    example: '199****0001',
  })
  mobile!: string | null;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'Masked. `POST /officials/{id}/reveal-contact` tells it in full.',
    example: 'w***@ankang.example',
  })
  email!: string | null;

  @ApiProperty({ example: true })
  isActive!: boolean;

  @ApiProperty({
    enum: NOTICE_CHANNELS,
    isArray: true,
    nullable: true,
    description: 'By which the official is told what policy leaves to choose; `null`: by all.',
    example: null,
  })
  noticeChannels!: NoticeChannel[] | null;

  @ApiProperty({ description: 'Raised by one at every change; the `ETag`.', example: 1 })
  version!: number;
}

export class OfficialPage extends pageOf(OfficialView) {}
