import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsString, Length, MaxLength } from 'class-validator';
import { MayBeAbsent } from '../platform/http/fields.js';
import { PASSWORD_MAX_LENGTH, PASSWORD_MIN_LENGTH } from './passwords.js';

export const CODE_MIN_LENGTH = 6;
export const CODE_MAX_LENGTH = 40;

/** Who it is, once more. */
export class PasswordProofBody {
  @ApiProperty({ example: 'correct horse battery staple', maxLength: PASSWORD_MAX_LENGTH })
  @IsString()
  @Length(1, PASSWORD_MAX_LENGTH)
  password!: string;

  @ApiPropertyOptional({
    description: 'Where the account has a second factor: six digits of the app, or a recovery code.',
    example: '287082',
    minLength: CODE_MIN_LENGTH,
    maxLength: CODE_MAX_LENGTH,
  })
  @MayBeAbsent()
  @IsString()
  @Length(CODE_MIN_LENGTH, CODE_MAX_LENGTH)
  code?: string;
}

export class LoginBody extends PasswordProofBody {
  @ApiProperty({ description: 'Not case-sensitive.', example: 'li.ming', maxLength: 64 })
  @IsString()
  @Length(1, 64)
  username!: string;
}

export class RefreshBody {
  @ApiProperty({ description: 'From the sign-in or the refresh before; good once.', example: 'AZOhsg…' })
  @IsString()
  @MaxLength(200)
  refreshToken!: string;
}

export class PasswordBody {
  @ApiProperty({ example: 'one-time password' })
  @IsString()
  @Length(1, PASSWORD_MAX_LENGTH)
  currentPassword!: string;

  @ApiProperty({
    description: 'At least 12 characters, not built on the user name or common words, none of the last five.',
    example: 'correct horse battery staple',
    minLength: PASSWORD_MIN_LENGTH,
    maxLength: PASSWORD_MAX_LENGTH,
  })
  @IsString()
  @Length(PASSWORD_MIN_LENGTH, PASSWORD_MAX_LENGTH)
  newPassword!: string;
}

export class TokensView {
  @ApiProperty({
    description: 'JWT for `Authorization: Bearer`.',
    example: 'eyJhbGciOiJIUzI1NiIsInR5cCI6ImF0K2p3dCJ9…',
  })
  accessToken!: string;

  @ApiProperty({ description: 'Good once, within 15 minutes.', example: 'AZOhsg…' })
  refreshToken!: string;

  @ApiProperty({ description: 'Seconds for which the access token is good.', example: 600 })
  expiresIn!: number;
}

export class SignedInView extends TokensView {
  @ApiProperty({
    description: 'A one-time password: replace it by `POST /auth/password` first.',
    example: false,
  })
  isPasswordExpired!: boolean;

  @ApiProperty({
    description: 'The role needs a second factor: enrol it by `POST /auth/second-factor` first.',
    example: false,
  })
  isSecondFactorMissing!: boolean;
}
