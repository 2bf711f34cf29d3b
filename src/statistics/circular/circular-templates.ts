import { Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { byAccount, SecurityTrail } from '../../access/security-trail.js';
import { Clock } from '../../platform/clock/clock.js';
import { Reader } from '../../platform/database/reader.js';
import { Transactions } from '../../platform/database/transactions.js';
import type { Locale } from '../../platform/errors/message-text.js';
import { Refusal } from '../../platform/errors/refusal.js';
import type { Draft } from '../../platform/files/draft.js';
import { FileStore } from '../../platform/files/file-store.js';
import { circular } from './circular.js';
import { checkPackage, TEMPLATE_LIMITS } from './circular-package.js';
import { EMPTY_SAMPLE, FULL_SAMPLE } from './sample-facts.js';
import { shippedTemplate } from './shipped-templates.js';

/** Any number: who changes at the same time waits, so that each version is one more than the last. */
const EDIT_LOCK = 7_264_037;
const COLUMNS = `version, lang, sha256, size, recorded_at AS "recordedAt", recorded_by AS "recordedBy"`;

/** One version as it is kept. */
export interface KeptTemplate {
  version: number;
  lang: Locale;
  /** `null`: the shipped one is in force again. */
  sha256: string | null;
  size: number | null;
  recordedAt: Date;
  recordedBy: string;
}

/** The template in force: its bytes, and by what an issue names it. */
export interface TemplateInForce {
  bytes: Buffer;
  /** 0: the shipped one, that nobody has ever replaced. */
  version: number;
  sha256: string;
  kept: KeptTemplate | null;
}

/** The template of the circular in each language: the office's own, else the shipped one. */
@Injectable()
export class CircularTemplates {
  constructor(
    private readonly reader: Reader,
    private readonly transactions: Transactions,
    private readonly files: FileStore,
    private readonly clock: Clock,
    private readonly trail: SecurityTrail,
  ) {}

  /** @param asOf as it was known then, so that a week asked for again is written by the same one */
  async inForce(lang: Locale, asOf?: Date): Promise<TemplateInForce> {
    const [kept] = await this.reader.query<KeptTemplate>(
      `SELECT ${COLUMNS} FROM circular_templates WHERE lang = $1 AND ($2::timestamptz IS NULL OR recorded_at < $2) ORDER BY version DESC LIMIT 1`,
      [lang, asOf ?? null],
    );
    const sha256 = kept?.sha256 ?? null;
    const bytes =
      sha256 === null
        ? await shippedTemplate(lang)
        : await this.files.withFile(sha256, (file) => readFile(file));
    return {
      bytes,
      version: kept?.version ?? 0,
      sha256: sha256 ?? createHash('sha256').update(bytes).digest('hex'),
      kept: kept ?? null,
    };
  }

  /** @throws Refusal 413 FILE_TOO_LARGE, 400 FILE_EMPTY, 503 FILE_STORE_AWAY */
  receive(content: Readable): Promise<Draft> {
    return this.files.receive(content, TEMPLATE_LIMITS.maxFileBytes);
  }

  /**
   * Tries a template out on sample data, in a full week and in an empty one, and puts it in force.
   * @throws Refusal 413 CIRCULAR_TEMPLATE_TOO_LARGE, 415 CIRCULAR_TEMPLATE_UNREADABLE, 422 CIRCULAR_TEMPLATE_FORBIDDEN,
   * CIRCULAR_TEMPLATE_INVALID with what is wrong, by name
   */
  async replace(accountId: string, lang: Locale, draft: Draft): Promise<void> {
    await checkPackage(draft.path);
    const bytes = await readFile(draft.path);
    const full = await circular(FULL_SAMPLE, bytes, lang);
    const empty = await circular(EMPTY_SAMPLE, bytes, lang);
    // Without a variable every circular would be the same: some other document was sent by mistake.
    if (full.equals(empty)) throw new Refusal(422, 'CIRCULAR_TEMPLATE_CONSTANT');
    await this.files.keep(draft);
    await this.add(accountId, lang, draft);
  }

  /** Puts the shipped template in force again. */
  async restore(accountId: string, lang: Locale): Promise<void> {
    await this.add(accountId, lang, null);
  }

  private async add(accountId: string, lang: Locale, content: Draft | null): Promise<void> {
    await this.transactions.run(async (tx) => {
      await tx.query('SELECT pg_advisory_xact_lock($1)', [EDIT_LOCK]);
      const [added] = await tx.query<{ version: number }>(
        `INSERT INTO circular_templates (version, lang, sha256, size, recorded_at, recorded_by)
         SELECT coalesce(max(version), 0) + 1, $1, $2, $3, $4, $5 FROM circular_templates
         RETURNING version`,
        [lang, content?.sha256 ?? null, content?.size ?? null, this.clock.now(), accountId],
      );
      await this.trail.record(tx, {
        type: 'circular_template_changed',
        actor: byAccount(accountId),
        payload: { lang, version: added?.version, sha256: content?.sha256 ?? null },
      });
    });
  }
}
