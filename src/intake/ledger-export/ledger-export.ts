import { Injectable } from '@nestjs/common';
import { DataSource, type QueryRunner } from 'typeorm';
import type { Actor } from '../../access/actor.js';
import { OfficeTime } from '../../calendar/office-time.js';
import { ENTERPRISE_PHONE } from '../../enterprises/enterprise-phone.js';
import { OFFICIAL_MOBILE } from '../../organization/official-mobile.js';
import { Clock } from '../../platform/clock/clock.js';
import { AppConfig } from '../../platform/config/app-config.js';
import { onSnapshot } from '../../platform/database/snapshot.js';
import type { Draft } from '../../platform/files/draft.js';
import { ExportFiles } from '../../platform/files/export-files.js';
import { PersonalData } from '../../platform/personal-data/personal-data.js';
import { xlsxWorkbook } from '../../platform/spreadsheet/xlsx-workbook.js';
import { WORKBOOK_LIMITS } from '../workbook/workbook-limits.js';
import { LedgerDirectory } from './ledger-directory.js';
import { LedgerReading } from './ledger-reading.js';
import { LedgerWriting, SHEET_ORDER } from './ledger-writing.js';

/** Whose numbers are told in full. */
export interface Unmasked {
  officials: boolean;
  enterprises: boolean;
}

export interface LedgerFile {
  draft: Draft;
  /** Rows of each sheet, by its name. */
  rows: Record<string, number>;
  /** Cases and problems that no row of a ledger can say; the workbook lists them. */
  leftOut: number;
}

/** What an actor may see, as the workbook that counties send: the intake reads it back and finds nothing new. */
@Injectable()
export class LedgerExport {
  constructor(
    private readonly dataSource: DataSource,
    private readonly files: ExportFiles,
    private readonly personalData: PersonalData,
    private readonly config: AppConfig,
    private readonly clock: Clock,
    private readonly office: OfficeTime,
  ) {}

  /** @throws Refusal 422 EXPORT_TOO_LARGE, 503 EXPORTS_BUSY */
  write(actor: Actor, unmasked: Unmasked): Promise<LedgerFile> {
    return this.files.write((save) =>
      onSnapshot(this.dataSource, async (runner) => {
        const writing = await this.begin(runner, actor, unmasked);
        const draft = await save(xlsxWorkbook(writing.sheets(), SHEET_ORDER));
        return { draft, rows: writing.rows, leftOut: writing.notes.leftOut };
      }),
    );
  }

  private async begin(runner: QueryRunner, actor: Actor, unmasked: Unmasked): Promise<LedgerWriting> {
    const reading = new LedgerReading(runner, actor, this.office.zone);
    const officials = (await reading.officials()).map(({ id, mobileSealed, email, ...official }) => ({
      ...official,
      mobile: unmasked.officials ? this.personalData.openOrTell(mobileSealed, OFFICIAL_MOBILE, id) : null,
      email: unmasked.officials ? email : null,
    }));
    const now = this.clock.now();
    const today = this.office.dateOf(now);
    return new LedgerWriting(runner, reading, new LedgerDirectory(officials), {
      today,
      note: `数据截至 ${today} ${this.office.timeOf(now)}`,
      contacts: contactsNote(unmasked),
      mostRows: Math.min(this.config.exportMaxRows, WORKBOOK_LIMITS.maxRows),
      isWhole: actor.kind === 'system' || (actor.kind === 'account' && actor.role === 'task_force'),
      phoneOf: ({ enterpriseId, contactPhoneSealed }) =>
        unmasked.enterprises
          ? this.personalData.openOrTell(contactPhoneSealed, ENTERPRISE_PHONE, enterpriseId)
          : null,
    });
  }
}

/** An empty cell says nothing: taken in again it changes nothing. */
function contactsNote({ officials, enterprises }: Unmasked): string {
  if (officials && enterprises) return '完整列出，已记录查看人与事由';
  if (enterprises) return '企业联系电话完整列出，已记录查看人与事由；人员电话、邮箱留空，导入时视为未填';
  return '留空，导入时视为未填，不改动已有号码；需要完整号码的，由有权限的人员说明事由后另行导出';
}
