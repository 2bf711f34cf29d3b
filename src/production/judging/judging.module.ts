import { Global, Module } from '@nestjs/common';
import { EnterprisesModule } from '../../enterprises/enterprises.module.js';
import { ProductionBook } from '../../enterprises/production-book.js';
import { ChangeProductionPolicy } from '../policies/change-production-policy.js';
import { ProductionPolicyList } from '../policies/policy-list.js';
import { ProductionPolicies } from '../policies/production-policies.js';
import { ProductionPoliciesController } from '../policies/production-policies.controller.js';
import { EnterpriseFigures } from './enterprise-figures.js';
import { JudgeProduction } from './judge-production.js';
import { JudgedProduction } from './judged-production.js';
import { Judgements } from './judgements.js';
import { ProductionStatesController } from './production-states.controller.js';
import { ProductionStates } from './production-states.js';
import { Unjudged } from './unjudged.js';

/**
 * From figures to status: what changed is put into `Unjudged`, a worker judges it, and `Judgements` tells. Global, for it
 * is the other end of the port through which the register asks.
 */
@Global()
@Module({
  imports: [EnterprisesModule],
  controllers: [ProductionPoliciesController, ProductionStatesController],
  providers: [
    ChangeProductionPolicy,
    EnterpriseFigures,
    JudgeProduction,
    Judgements,
    ProductionPolicies,
    ProductionPolicyList,
    ProductionStates,
    Unjudged,
    { provide: ProductionBook, useClass: JudgedProduction },
  ],
  exports: [EnterpriseFigures, JudgeProduction, Judgements, ProductionBook, ProductionPolicies, Unjudged],
})
export class JudgingModule {}
