import { Module } from '@nestjs/common';
import { LoggerModule } from 'nestjs-pino';
import { AppConfig } from '../config/app-config.js';
import { HealthController } from './health.controller.js';
import { logDestination } from './log-destination.js';
import { logOptions } from './log-options.js';
import { ReadinessProbe } from './readiness.js';

/** What operators look at: the log, the health of the process and its metrics. */
@Module({
  imports: [
    LoggerModule.forRootAsync({
      inject: [AppConfig],
      useFactory: (config: AppConfig) => {
        const { pinoHttp, ...rest } = logOptions(config.logLevel);
        return { ...rest, pinoHttp: [pinoHttp, logDestination()] };
      },
    }),
  ],
  controllers: [HealthController],
  providers: [ReadinessProbe],
})
export class TelemetryModule {}
