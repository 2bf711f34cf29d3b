import { Module } from '@nestjs/common';
import { ChangeRegister } from './change-register.js';
import { EnterpriseRegister } from './enterprise-register.js';
import { EnterprisesController } from './enterprises.controller.js';
import { PairingsController } from './pairings.controller.js';
import { PairingsService } from './pairings.service.js';
import { ChangeProjects } from './projects/change-projects.js';
import { MoveProjects } from './projects/move-projects.js';
import { ProjectPairingsController } from './projects/project-pairings.controller.js';
import { ProjectStagesController } from './projects/project-stages.controller.js';
import { ProjectRegister } from './projects/project-register.js';
import { ProjectsController } from './projects/projects.controller.js';
import { RevealEnterpriseContact } from './reveal-enterprise-contact.js';

/** The register of enterprises and projects, and who is paired with each. */
@Module({
  controllers: [
    EnterprisesController,
    PairingsController,
    ProjectsController,
    ProjectPairingsController,
    ProjectStagesController,
  ],
  providers: [
    ChangeProjects,
    ChangeRegister,
    EnterpriseRegister,
    MoveProjects,
    PairingsService,
    ProjectRegister,
    RevealEnterpriseContact,
  ],
  exports: [ChangeProjects, EnterpriseRegister, MoveProjects],
})
export class EnterprisesModule {}
