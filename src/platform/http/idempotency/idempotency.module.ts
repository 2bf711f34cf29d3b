import { Module } from '@nestjs/common';
import { APP_INTERCEPTOR } from '@nestjs/core';
import { AnswerSeal } from './answer-seal.js';
import { IdempotencyInterceptor } from './idempotency.interceptor.js';
import { StoredAnswers } from './stored-answers.js';

/** Stands before {@link HttpModule} among the features: its interceptor surrounds all others, and stores what they made. */
@Module({
  providers: [AnswerSeal, StoredAnswers, { provide: APP_INTERCEPTOR, useClass: IdempotencyInterceptor }],
  exports: [StoredAnswers],
})
export class IdempotencyModule {}
