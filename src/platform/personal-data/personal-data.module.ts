import { type DynamicModule, Module } from '@nestjs/common';
import { CheckSeals, SEALED_COLUMNS } from './check-seals.js';
import type { SealedColumn } from './sealed-column.js';

/** Looks at the start whether all that is sealed can be read. */
@Module({})
export class PersonalDataModule {
  static of(columns: readonly SealedColumn[]): DynamicModule {
    return {
      module: PersonalDataModule,
      providers: [CheckSeals, { provide: SEALED_COLUMNS, useValue: columns }],
    };
  }
}
