import { ApiProperty } from '@nestjs/swagger';
import { IsString, Length, Matches } from 'class-validator';
import { CODE_MAX_LENGTH, CODE_MIN_LENGTH } from '../auth.dto.js';
import { PASSWORD_MAX_LENGTH } from '../passwords.js';

export class EnrolmentCodeBody {
  @ApiProperty({ description: 'Six digits of the app.', example: '287082', pattern: String.raw`^\d{6}$` })
  @Matches(/^\d{6}$/)
  code!: string;
}

export class SecondFactorRemovalBody {
  @ApiProperty({ example: 'correct horse battery staple', maxLength: PASSWORD_MAX_LENGTH })
  @IsString()
  @Length(1, PASSWORD_MAX_LENGTH)
  password!: string;

  @ApiProperty({
    description: 'Six digits of the app, or a recovery code.',
    example: '287082',
    minLength: CODE_MIN_LENGTH,
    maxLength: CODE_MAX_LENGTH,
  })
  @IsString()
  @Length(CODE_MIN_LENGTH, CODE_MAX_LENGTH)
  code!: string;
}

export class EnrolmentView {
  @ApiProperty({ description: 'Base32, for who types it.', example: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP' })
  secret!: string;

  @ApiProperty({
    description: 'For a QR code: SHA-1, six digits, 30 seconds (RFC 6238).',
    example: 'otpauth://totp/Shukun:li.ming?issuer=Shukun&secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP',
  })
  uri!: string;
}

export class RecoveryCodesView {
  @ApiProperty({
    description: 'Ten, each good once in the place of a code. Shown this once; those before are void.',
    type: [String],
    example: ['k3vd-80qz-m1xt-7rhw-2c5n-ps9e-4b'],
  })
  recoveryCodes!: string[];
}
