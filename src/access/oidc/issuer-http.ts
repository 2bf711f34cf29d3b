import { Injectable } from '@nestjs/common';
import { OutgoingHttp } from '../../platform/http/outgoing/outgoing-http.js';

/** Milliseconds for the whole of an answer. */
const TIMEOUT = 5_000;

/** The way to the issuer and back: one GET, no redirect followed, an end in sight, and only where we may go. */
@Injectable()
export class IssuerHttp {
  constructor(private readonly http: OutgoingHttp) {}

  get(url: string): Promise<Response> {
    const headers = { accept: 'application/json, application/jwk-set+json' };
    return this.http.fetch(url, { headers, timeoutMs: TIMEOUT });
  }
}
