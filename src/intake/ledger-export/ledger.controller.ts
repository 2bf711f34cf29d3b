import { Controller, Get, Query, StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { IsOptional, IsString, Length, Matches } from 'class-validator';
import type { AccountActor } from '../../access/actor.js';
import { Allow, CurrentActor } from '../../access/decorators.js';
import { hasPermission, requirePermission } from '../../access/may.js';
import { byAccount, SecurityTrail } from '../../access/security-trail.js';
import { givenOut } from '../../platform/files/export-files.js';
import { XLSX } from '../../platform/spreadsheet/xlsx-workbook.js';
import { LedgerExport, type LedgerFile, type Unmasked } from './ledger-export.js';
import { LONGEST_REASON, SHORTEST_REASON } from './unmask-reason.js';

export class LedgerExportQuery {
  @ApiPropertyOptional({
    description:
      'With it, numbers are given in full where the asker may reveal them: a county those of enterprises. Why; recorded.',
    minLength: SHORTEST_REASON,
    maxLength: LONGEST_REASON,
    example: '送县区核对填报',
  })
  @IsOptional()
  @IsString()
  @Length(SHORTEST_REASON, LONGEST_REASON)
  @Matches(/\S/)
  unmaskReason?: string;
}

/** The ledger as counties send it, of what the asker may see. */
@ApiTags('imports')
@Controller('ledger')
export class LedgerController {
  constructor(
    private readonly ledger: LedgerExport,
    private readonly trail: SecurityTrail,
  ) {}

  @Get('export')
  @Allow('ledger.export')
  @ApiOperation({
    summary: 'What you may see as a ledger workbook, which `POST /imports` takes again without a change',
    description:
      'One row an enterprise, with its last assignment; what a ledger cannot say is listed in a sheet of its own. Numbers and addresses are left empty unless `unmaskReason` is given. Recorded.',
  })
  @ApiProduces(XLSX)
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  async export(
    @CurrentActor() actor: AccountActor,
    @Query() { unmaskReason }: LedgerExportQuery,
  ): Promise<StreamableFile> {
    const unmasked = unmaskedFor(actor, unmaskReason);
    const file = await this.ledger.write(actor, unmasked);
    const content = await givenOut(file.draft);
    try {
      await this.record(actor, file, unmasked, unmaskReason);
    } catch (error) {
      content.destroy();
      throw error;
    }
    return new StreamableFile(content, {
      type: XLSX,
      length: file.draft.size,
      disposition: 'attachment; filename="ledger.xlsx"',
    });
  }

  private async record(
    actor: AccountActor,
    { draft, rows, leftOut }: LedgerFile,
    unmasked: Unmasked,
    reason: string | undefined,
  ): Promise<void> {
    const by = byAccount(actor.accountId);
    if (reason !== undefined) {
      const payload = { what: 'ledger', reason, ...unmasked };
      await this.trail.recordAlone({ type: 'contact_unmasked', actor: by, payload });
    }
    const payload = { what: 'ledger', rows, leftOut, isUnmasked: reason !== undefined, sha256: draft.sha256 };
    await this.trail.recordAlone({ type: 'exported', actor: by, payload });
  }
}

/** @throws Refusal 403 where the asker may reveal nobody's */
function unmaskedFor(actor: AccountActor, reason: string | undefined): Unmasked {
  if (reason === undefined) return { officials: false, enterprises: false };
  requirePermission(actor, 'enterprises.reveal_contact');
  return { officials: hasPermission(actor, 'officials.reveal_contact'), enterprises: true };
}
