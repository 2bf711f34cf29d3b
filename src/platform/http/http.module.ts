import { Global, Module } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_PIPE } from '@nestjs/core';
import { DeclaredInputGuard } from './declared-input.guard.js';
import { ListReader } from './list-reader.js';
import { NewestFirstReader } from './newest-first.js';
import { Cursors } from './paging.js';
import { ProblemFilter } from './problem.filter.js';
import { RequestValidation } from './validation.js';

/** The manners of the API, for every route of every feature. */
@Global()
@Module({
  providers: [
    Cursors,
    ListReader,
    NewestFirstReader,
    { provide: APP_FILTER, useClass: ProblemFilter },
    { provide: APP_PIPE, useClass: RequestValidation },
    { provide: APP_GUARD, useClass: DeclaredInputGuard },
  ],
  exports: [Cursors, ListReader, NewestFirstReader],
})
export class HttpModule {}
