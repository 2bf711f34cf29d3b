import { Global, Module } from '@nestjs/common';
import { AnswerSeal } from './answer-seal.js';
import { StoredAnswers } from './stored-answers.js';

/** What the interceptor of {@link Post} needs, wherever there is such a route. */
@Global()
@Module({
  providers: [AnswerSeal, StoredAnswers],
  exports: [AnswerSeal, StoredAnswers],
})
export class IdempotencyModule {}
