import { Module } from '@nestjs/common';
import { EnterpriseFigures } from './enterprise-figures.js';
import { Judgements } from './judgements.js';
import { Unjudged } from './unjudged.js';

/** From figures to status: what changed is put into `Unjudged`, a worker judges it, and `Judgements` tells. */
@Module({
  providers: [EnterpriseFigures, Judgements, Unjudged],
  exports: [EnterpriseFigures, Judgements, Unjudged],
})
export class JudgingModule {}
