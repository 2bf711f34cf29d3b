import { Body, Controller, Headers, Param, Put } from '@nestjs/common';
import { ApiHeader, ApiOkResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { IsString, Matches, MaxLength, ValidateIf } from 'class-validator';
import { ParseId } from '../../platform/http/parse-id.pipe.js';
import { AccountView } from '../account.view.js';
import { AccountReads } from '../account-reads.js';
import type { AccountActor } from '../actor.js';
import { Allow, CurrentActor } from '../decorators.js';
import { PortalLink } from './portal-link.js';

export class PortalLinkBody {
  @ApiProperty({
    type: String,
    nullable: true,
    maxLength: 255,
    description:
      'What the mapped claim says of the person at the issuer; `null` closes the account to the issuer.',
    example: 'li.ming',
  })
  @ValidateIf((_, value) => value !== null)
  @IsString()
  @Matches(/^\S+$/u)
  @MaxLength(255)
  portalUser!: string | null;
}

@ApiTags('accounts')
@Allow('accounts.link')
@Controller('accounts/:id/portal-link')
export class PortalLinkController {
  constructor(
    private readonly link: PortalLink,
    private readonly accounts: AccountReads,
  ) {}

  @Put()
  @ApiOperation({
    summary: 'Open an account to a person of the OIDC issuer, or close it; works on the very next request.',
    description:
      'The first token that names the person so is kept by its issuer and subject, and only that subject is let in from then on. Administrators and the auditor sign in here only (409).',
  })
  @ApiHeader({ name: 'If-Match', required: true, example: '"1"' })
  @ApiOkResponse({ type: AccountView })
  async set(
    @CurrentActor() actor: AccountActor,
    @Param('id', ParseId) id: string,
    @Headers('if-match') ifMatch: string | undefined,
    @Body() body: PortalLinkBody,
  ): Promise<AccountView> {
    await this.link.set(actor.accountId, id, ifMatch, body.portalUser);
    return this.accounts.byId(id);
  }
}
