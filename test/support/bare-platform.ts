import { type DynamicModule, Module } from '@nestjs/common';
import { AppConfig } from '../../src/platform/config/app-config.js';
import { Reader } from '../../src/platform/database/reader.js';

/** Configuration without a database behind it, for what is about HTTP alone. */
@Module({})
export class BarePlatform {
  static with(config: Partial<AppConfig>): DynamicModule {
    const providers = [
      { provide: AppConfig, useValue: Object.assign(new AppConfig(), config) },
      { provide: Reader, useValue: Object.create(Reader.prototype) },
    ];
    return {
      module: BarePlatform,
      global: true,
      providers,
      exports: providers.map(({ provide }) => provide),
    };
  }
}
