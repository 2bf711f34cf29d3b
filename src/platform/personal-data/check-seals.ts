import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { ConfigurationFaults } from '../config/app-config.js';
import { Reader } from '../database/reader.js';
import { PersonalData } from './personal-data.js';
import type { SealedColumn } from './sealed-column.js';
import { type StoredSeal, storedSeals } from './stored-seals.js';

/** The columns that are sealed, for who goes over all of them. */
export const SEALED_COLUMNS = Symbol('sealed columns');

/** Stops the start where stored values could not be read: a key was lost, removed too early, or is another one. */
@Injectable()
export class CheckSeals implements OnModuleInit {
  constructor(
    private readonly reader: Reader,
    private readonly personalData: PersonalData,
    @Inject(SEALED_COLUMNS) private readonly columns: readonly SealedColumn[],
  ) {}

  /** @throws ConfigurationFaults */
  async onModuleInit(): Promise<void> {
    const faults: string[] = [];
    for (const column of this.columns) {
      const stored = await storedSeals((sql, parameters) => this.reader.query(sql, parameters), column);
      faults.push(...stored.flatMap((one) => this.faultOf(one, column)));
    }
    if (faults.length > 0) throw new ConfigurationFaults(faults);
  }

  private faultOf({ seal, samples }: StoredSeal, column: SealedColumn): string[] {
    const where = `${column.table}.${column.sealed}`;
    if (seal === null) return [`${where} holds numbers that are not sealed yet: run migrate first`];
    // One that was tampered with is no reason to keep everyone out.
    const isReadable = samples.some(({ id, value }) => this.personalData.opens(value, column, id));
    if (isReadable) return [];
    const key = seal.slice(seal.indexOf(':') + 1);
    return [
      `PERSONAL_DATA_KEYS lacks the key "${key}" that ${where} is sealed with, or has another one by that id`,
    ];
  }
}
