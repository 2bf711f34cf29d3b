import { Injectable } from '@nestjs/common';

/** The way to the issuer and back: one GET, no redirect followed, an end in sight. */
export abstract class IssuerHttp {
  abstract get(url: string): Promise<Response>;
}

/** Milliseconds for the whole of an answer. */
const TIMEOUT = 5_000;

@Injectable()
export class PlainIssuerHttp extends IssuerHttp {
  get(url: string): Promise<Response> {
    const headers = { accept: 'application/json, application/jwk-set+json' };
    return fetch(url, { headers, redirect: 'error', signal: AbortSignal.timeout(TIMEOUT) });
  }
}
