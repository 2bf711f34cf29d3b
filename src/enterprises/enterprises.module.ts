import { Module } from '@nestjs/common';
import { ChangeRegister } from './change-register.js';
import { EnterpriseRegister } from './enterprise-register.js';
import { EnterprisesController } from './enterprises.controller.js';
import { PairingsController } from './pairings.controller.js';
import { PairingsService } from './pairings.service.js';

/** The register of enterprises, and who of the leaders is paired with each. */
@Module({
  controllers: [EnterprisesController, PairingsController],
  providers: [ChangeRegister, EnterpriseRegister, PairingsService],
  exports: [EnterpriseRegister],
})
export class EnterprisesModule {}
