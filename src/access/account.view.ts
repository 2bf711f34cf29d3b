import { ApiProperty } from '@nestjs/swagger';
import { type Role, ROLES } from './role.js';

class NamedThing {
  @ApiProperty({ description: 'UUIDv7.', example: '0193a1b2-0000-7000-8000-000000000001' })
  id!: string;

  @ApiProperty({ example: '市自然资源局' })
  name!: string;
}

/** An account as administrators and its owner see it. */
export class AccountView {
  @ApiProperty({ description: 'UUIDv7.', example: '0193a1b2-0000-7000-8000-000000000002' })
  id!: string;

  @ApiProperty({ description: 'Lower case.', example: 'li.ming' })
  username!: string;

  @ApiProperty({
    enum: ROLES,
    nullable: true,
    description: '`null`: it awaits its role, and can do nothing but look after itself.',
    example: 'department',
  })
  role!: Role | null;

  @ApiProperty({ type: NamedThing, nullable: true, description: 'Department it acts for.' })
  department!: NamedThing | null;

  @ApiProperty({ type: NamedThing, nullable: true, description: 'Official it belongs to.' })
  official!: NamedThing | null;

  @ApiProperty({ type: NamedThing, nullable: true, description: 'Reporting unit of a county account.' })
  reportingUnit!: NamedThing | null;

  @ApiProperty({ example: true })
  isActive!: boolean;

  @ApiProperty({
    description: 'A one-time password that must be replaced before anything else.',
    example: false,
  })
  isPasswordExpired!: boolean;

  @ApiProperty({ description: 'It signs in with a code of an authenticator app as well.', example: true })
  hasSecondFactor!: boolean;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'By which the OIDC issuer knows its owner; `null`: it is closed to the issuer.',
    example: 'li.ming',
  })
  portalUser!: string | null;

  @ApiProperty({ description: 'Somebody has come by that name, and is let in since.', example: false })
  isPortalLinked!: boolean;

  @ApiProperty({ description: 'Raised by one at every change; the `ETag`.', example: 1 })
  version!: number;
}

export class NewAccountView {
  @ApiProperty({ type: AccountView })
  account!: AccountView;

  @ApiProperty({ description: 'Shown this once.', example: 'h7Kd…' })
  oneTimePassword!: string;
}
