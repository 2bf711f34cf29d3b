import { type DynamicModule, Module } from '@nestjs/common';
import { AppConfig } from '../../src/platform/config/app-config.js';
import { SystemClock } from '../../src/platform/clock/clock.js';
import { RateLimits } from '../../src/platform/http/limits/rate-limits.js';
import { Reader } from '../../src/platform/database/reader.js';
import { TEST_PERSONAL_DATA_KEYS } from './personal-data.js';

const LEAST = {
  DATABASE_URL: 'postgres://127.0.0.1:1',
  REDIS_URL: 'redis://127.0.0.1:1',
  TOKEN_SECRET: 'only-for-tests-only-for-tests-only',
  FILES_DIR: '/nonexistent',
  PERSONAL_DATA_KEYS: TEST_PERSONAL_DATA_KEYS,
};

/** Configuration without a database behind it, for what is about HTTP alone. */
@Module({})
export class BarePlatform {
  static with(config: Partial<AppConfig>): DynamicModule {
    const configuration = Object.assign(AppConfig.fromEnvironment(LEAST), config);
    const providers = [
      { provide: AppConfig, useValue: configuration },
      { provide: RateLimits, useValue: new RateLimits(configuration, new SystemClock()) },
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
