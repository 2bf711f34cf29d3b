import { Global, Module } from '@nestjs/common';
import { OutgoingHttp } from './outgoing-http.js';

/** The way out to addresses that people configure. */
@Global()
@Module({ providers: [OutgoingHttp], exports: [OutgoingHttp] })
export class OutgoingModule {}
