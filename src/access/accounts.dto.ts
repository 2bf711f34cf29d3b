import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsBoolean, IsIn, IsOptional, IsUUID, Matches, ValidateIf } from 'class-validator';
import { MayBeNull } from '../platform/http/fields.js';
import { pageOf, PageQuery } from '../platform/http/paging.js';
import { toBoolean, toList } from '../platform/http/query-values.js';
import { AccountView } from './account.view.js';
import { type Role, ROLES } from './role.js';

export class AccountQuery extends PageQuery {
  @ApiPropertyOptional({
    enum: ROLES,
    isArray: true,
    description: 'Any of these roles.',
    example: ['department'],
  })
  @IsOptional()
  @Transform(toList)
  @IsIn(ROLES, { each: true })
  role?: Role[];

  @ApiPropertyOptional({ description: '`false`: those that await their role.', example: false })
  @IsOptional()
  @Transform(toBoolean)
  @IsBoolean()
  hasRole?: boolean;

  @ApiPropertyOptional({ example: true })
  @IsOptional()
  @Transform(toBoolean)
  @IsBoolean()
  isActive?: boolean;
}

export class AccountBody {
  @ApiProperty({
    description: '3 to 64 of letters, digits, dot, dash, underscore; kept in lower case.',
    example: 'li.ming',
  })
  @Matches(/^[A-Za-z\d][\w.-]{2,63}$/)
  username!: string;
}

export class AccountChangeBody {
  @ApiProperty({ description: '`false` ends every session at once.', example: false })
  @IsBoolean()
  isActive!: boolean;
}

export class AccountRoleBody {
  @ApiProperty({ enum: ROLES, nullable: true, description: '`null` takes it away.', example: 'department' })
  @ValidateIf((_, value) => value !== null)
  @IsIn(ROLES)
  role!: Role | null;

  @ApiPropertyOptional({
    type: String,
    format: 'uuid',
    nullable: true,
    description: 'Needed for `department`; the task force is bound to its office.',
  })
  @MayBeNull()
  @IsUUID()
  departmentId?: string | null;

  @ApiPropertyOptional({ type: String, format: 'uuid', nullable: true, description: 'Needed for `leader`.' })
  @MayBeNull()
  @IsUUID()
  officialId?: string | null;

  @ApiPropertyOptional({ type: String, format: 'uuid', nullable: true, description: 'Needed for `county`.' })
  @MayBeNull()
  @IsUUID()
  reportingUnitId?: string | null;
}

export class AccountPage extends pageOf(AccountView) {}
