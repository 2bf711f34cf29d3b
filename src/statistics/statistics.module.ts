import { Module } from '@nestjs/common';
import { CircularTemplateController } from './circular/circular-template.controller.js';
import { CircularTemplates } from './circular/circular-templates.js';
import { StatisticsController } from './statistics.controller.js';
import { StatisticsRepository } from './statistics.repository.js';
import { StatisticsService } from './statistics.service.js';

@Module({
  controllers: [StatisticsController, CircularTemplateController],
  providers: [StatisticsService, StatisticsRepository, CircularTemplates],
  exports: [StatisticsService, CircularTemplates],
})
export class StatisticsModule {}
