import { type DynamicModule, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import type { MixedList } from 'typeorm';
import { OfficeTime } from '../calendar/office-time.js';
import { Clock } from './clock/clock.js';
import { AppConfig, loadConfig } from './config/app-config.js';
import { dataSourceOptions } from './database/data-source-options.js';
import { Reader } from './database/reader.js';
import { Transactions } from './database/transactions.js';
import { ExportFiles } from './files/export-files.js';
import { FileStore } from './files/file-store.js';
import { openFileStore } from './files/open-file-store.js';
import { PersonalData } from './personal-data/personal-data.js';

const providers = [
  { provide: AppConfig, useFactory: loadConfig },
  {
    provide: OfficeTime,
    inject: [AppConfig],
    useFactory: (config: AppConfig) => new OfficeTime(config.officeTimeZone),
  },
  {
    provide: FileStore,
    inject: [AppConfig],
    useFactory: openFileStore,
  },
  ExportFiles,
  Transactions,
  Reader,
  PersonalData,
];

/** What every feature stands on: configuration, clock, database, files. It knows no word of the domain. */
@Module({})
export class PlatformModule {
  static with(entities: MixedList<Function>, clock: Clock): DynamicModule {
    return {
      module: PlatformModule,
      global: true,
      imports: [
        TypeOrmModule.forRootAsync({
          inject: [AppConfig],
          useFactory: (config: AppConfig) => ({
            ...dataSourceOptions(config.databaseUrl, config.databasePoolSize, entities),
            retryAttempts: 0,
          }),
        }),
      ],
      providers: [...providers, { provide: Clock, useValue: clock }],
      exports: [...providers.map((provider) => ('provide' in provider ? provider.provide : provider)), Clock],
    };
  }
}
