import { Inject, Injectable, Logger } from '@nestjs/common';
import { AppConfig } from '../config/app-config.js';
import { Refusal } from '../errors/refusal.js';
import type { SealedColumn } from './sealed-column.js';
import { SealBroken, type Sealer, SEALERS, SEALING_SCHEMES } from './sealing-schemes.js';

type PersonalDataSettings = Pick<AppConfig, 'personalDataKeys' | 'personalDataScheme'>;

const SEALED = /^([a-z\d-]+:[\w-]{1,32}):([\w-]+)$/;

/**
 * Seals what the database must not show to who has it alone. A sealed value names its scheme and key, and is bound to
 * its column and row: copied to another row it does not open.
 */
@Injectable()
export class PersonalData {
  private readonly logger = new Logger(PersonalData.name);
  /** By `scheme:key id`. */
  private readonly sealers: ReadonlyMap<string, Sealer>;
  private readonly sealer: Sealer;
  /** `scheme:key id` of what is sealed from now on. */
  readonly seal: string;

  constructor(@Inject(AppConfig) { personalDataKeys, personalDataScheme }: PersonalDataSettings) {
    this.sealers = new Map(
      personalDataKeys.flatMap(({ id, secret }) =>
        SEALING_SCHEMES.map((scheme) => [`${scheme}:${id}`, SEALERS[scheme](secret)] as const),
      ),
    );
    this.seal = `${personalDataScheme}:${personalDataKeys[0]?.id}`;
    const sealer = this.sealers.get(this.seal);
    if (sealer === undefined) throw new Error('there is no key to seal personal data with');
    this.sealer = sealer;
  }

  sealed(plain: string, column: SealedColumn, rowId: string): string {
    const bytes = this.sealer.seal(plain, contextOf(this.seal, column, rowId));
    return `${this.seal}:${bytes.toString('base64url')}`;
  }

  /** Stored beside the sealed value. */
  searchKey(plain: string, column: SealedColumn): Buffer {
    return this.sealer.hash(plain, columnOf(column));
  }

  /** What rows that hold this may have been stored under, whichever of the keys was the first one then. */
  searchKeys(plain: string, column: SealedColumn): Buffer[] {
    return [...this.sealers.values()].map((sealer) => sealer.hash(plain, columnOf(column)));
  }

  /** @throws SealBroken, also when its key is none of the configured ones */
  open(stored: string, column: SealedColumn, rowId: string): string {
    const [, seal = '', text = ''] = SEALED.exec(stored) ?? [];
    const sealer = this.sealers.get(seal);
    if (sealer === undefined) throw new SealBroken(seal === '' ? 'it is not sealed' : `no key for ${seal}`);
    return sealer.open(Buffer.from(text, 'base64url'), contextOf(seal, column, rowId));
  }

  opens(stored: string, column: SealedColumn, rowId: string): boolean {
    try {
      this.open(stored, column, rowId);
      return true;
    } catch (error) {
      if (error instanceof SealBroken) return false;
      throw error;
    }
  }

  /** For work on many rows, which one bad row must not stop: `null`, and a line in the log that names the row. */
  openOrTell(stored: string | null, column: SealedColumn, rowId: string): string | null {
    if (stored === null) return null;
    try {
      return this.open(stored, column, rowId);
    } catch (error) {
      if (!(error instanceof SealBroken)) throw error;
      this.logger.error({ column: columnOf(column), rowId, reason: error.message }, 'a seal did not open');
      return null;
    }
  }

  /** For who asked for this one. @throws Refusal 503 PERSONAL_DATA_UNREADABLE */
  openOrRefuse(stored: string | null, column: SealedColumn, rowId: string): string | null {
    const plain = this.openOrTell(stored, column, rowId);
    if (plain === null && stored !== null) throw new Refusal(503, 'PERSONAL_DATA_UNREADABLE');
    return plain;
  }

  /** The two columns of one value. */
  columns(
    plain: string | null,
    column: SealedColumn,
    rowId: string,
  ): [sealed: string | null, key: Buffer | null] {
    return plain === null ? [null, null] : [this.sealed(plain, column, rowId), this.searchKey(plain, column)];
  }
}

const columnOf = ({ table, sealed }: SealedColumn): string => `${table}.${sealed}`;

const contextOf = (seal: string, column: SealedColumn, rowId: string): string =>
  `${seal} ${columnOf(column)} ${rowId}`;
