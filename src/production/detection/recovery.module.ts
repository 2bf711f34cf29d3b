import { Global, Module } from '@nestjs/common';
import { CalendarModule } from '../../calendar/calendar.module.js';
import { RecoveryBook } from '../../cases/recovery-book.js';
import { JudgingModule } from '../judging/judging.module.js';
import { FiguresRecoveryBook } from './figures-recovery-book.js';
import { KnownCases } from './known-cases.js';

/** The other end of the port through which cases ask about production; global, for cases stand below it. */
@Global()
@Module({
  imports: [CalendarModule, JudgingModule],
  providers: [KnownCases, { provide: RecoveryBook, useClass: FiguresRecoveryBook }],
  exports: [KnownCases, RecoveryBook],
})
export class RecoveryModule {}
