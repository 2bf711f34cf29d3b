import { Global, Module } from '@nestjs/common';
import { SecurityTrail } from '../access/security-trail.js';
import { RefusalWatch } from '../platform/http/refusal-watch.js';
import { RefusalTrail } from './refusal-trail.js';
import { TrailRecorder } from './trail-recorder.js';

/** The other end of the ports through which everyone records. */
@Global()
@Module({
  providers: [
    { provide: SecurityTrail, useClass: TrailRecorder },
    { provide: RefusalWatch, useClass: RefusalTrail },
  ],
  exports: [SecurityTrail, RefusalWatch],
})
export class TrailModule {}
