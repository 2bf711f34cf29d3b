import { Module } from '@nestjs/common';
import { DepartmentsController } from './departments.controller.js';
import { DepartmentsService } from './departments.service.js';
import { DeputiesController } from './deputies.controller.js';
import { DeputiesService } from './deputies.service.js';
import { OfficialsController } from './officials.controller.js';
import { OfficialsService } from './officials.service.js';
import { OwnNoticeChannelsController } from './own-notice-channels.controller.js';
import { OwnNoticeChannels } from './own-notice-channels.js';
import { ReportingUnitsController } from './reporting-units.controller.js';
import { RevealOfficialContact } from './reveal-official-contact.js';

/** Reporting units, departments and the people in them. */
@Module({
  controllers: [
    ReportingUnitsController,
    DepartmentsController,
    OfficialsController,
    DeputiesController,
    OwnNoticeChannelsController,
  ],
  providers: [
    DepartmentsService,
    OfficialsService,
    DeputiesService,
    OwnNoticeChannels,
    RevealOfficialContact,
  ],
})
export class OrganizationModule {}
