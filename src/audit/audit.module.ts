import { Module } from '@nestjs/common';
import { DailyAnchor } from './anchors/daily-anchor.js';
import { AuditLists } from './audit-lists.js';
import { AuditController } from './audit.controller.js';
import { VerifyTrail } from './verify/verify-trail.js';

/** Reading and verifying what happened. */
@Module({
  controllers: [AuditController],
  providers: [AuditLists, DailyAnchor, VerifyTrail],
})
export class AuditModule {}
