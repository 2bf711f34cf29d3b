import { Global, Module } from '@nestjs/common';
import { ProductionBook } from '../../enterprises/production-book.js';
import { ProductionPolicies } from '../policies/production-policies.js';
import { EnterpriseFigures } from './enterprise-figures.js';
import { JudgeProduction } from './judge-production.js';
import { JudgedProduction } from './judged-production.js';
import { Judgements } from './judgements.js';
import { Unjudged } from './unjudged.js';

/**
 * From figures to status: what changed is put into `Unjudged`, a worker judges it, and `Judgements` tells. Global, for it
 * is the other end of the port through which the register asks.
 */
@Global()
@Module({
  providers: [
    EnterpriseFigures,
    JudgeProduction,
    Judgements,
    ProductionPolicies,
    Unjudged,
    { provide: ProductionBook, useClass: JudgedProduction },
  ],
  exports: [EnterpriseFigures, JudgeProduction, Judgements, ProductionBook, ProductionPolicies, Unjudged],
})
export class JudgingModule {}
