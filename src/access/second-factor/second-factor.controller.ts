import { Body, Controller, Delete, HttpCode } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { NotKept } from '../../platform/http/idempotency/not-kept.js';
import { Post } from '../../platform/http/idempotency/post.js';
import { PasswordProofBody } from '../auth.dto.js';
import { Allow, CurrentSession } from '../decorators.js';
import type { SignedIn } from '../own-proof.js';
import { LimitsGuesses } from '../sign-in-limit.guard.js';
import {
  EnrolmentCodeBody,
  EnrolmentView,
  RecoveryCodesView,
  SecondFactorRemovalBody,
} from './second-factor.dto.js';
import { SecondFactor } from './second-factor.service.js';

@ApiTags('auth')
@Allow('own_account.use')
@LimitsGuesses()
@Controller('auth/second-factor')
export class SecondFactorController {
  constructor(private readonly secondFactor: SecondFactor) {}

  @Post()
  @NotKept()
  @HttpCode(200)
  @ApiOperation({ summary: 'Begin to enrol an authenticator app; another one needs a code of the present.' })
  @ApiOkResponse({ type: EnrolmentView })
  start(@CurrentSession() who: SignedIn, @Body() body: PasswordProofBody): Promise<EnrolmentView> {
    return this.secondFactor.start(who, body.password, body.code);
  }

  @Post('confirm')
  @NotKept()
  @HttpCode(200)
  @ApiOperation({ summary: 'Finish the enrolment by a first code; every other session of the account ends.' })
  @ApiOkResponse({ type: RecoveryCodesView })
  async confirm(
    @CurrentSession() who: SignedIn,
    @Body() body: EnrolmentCodeBody,
  ): Promise<RecoveryCodesView> {
    return { recoveryCodes: await this.secondFactor.confirm(who, body.code) };
  }

  @Delete()
  @HttpCode(204)
  @ApiOperation({ summary: 'Sign in by the password alone again, where the role allows it.' })
  @ApiNoContentResponse()
  async remove(@CurrentSession() who: SignedIn, @Body() body: SecondFactorRemovalBody): Promise<void> {
    await this.secondFactor.remove(who, body.password, body.code);
  }
}
