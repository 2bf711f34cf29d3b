import type { LookupAddress } from 'node:dns';
import http from 'node:http';
import https from 'node:https';
import type { LookupFunction } from 'node:net';
import { callbackify } from 'node:util';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { AppConfig } from '../../config/app-config.js';
import { onceConnected } from './once-connected.js';
import { answerOf } from './outgoing-answer.js';
import { addressesOf } from './outgoing-names.js';
import { literalOf, OutgoingRefused, OutgoingRules } from './outgoing-rules.js';

export interface OutgoingOptions {
  method?: string;
  headers?: Headers | Record<string, string>;
  body?: string | Uint8Array;
  /** Ends it early; the time-out stands all the same. */
  signal?: AbortSignal;
  /** For all of it: name, connection, request and answer. 10 seconds unless told. */
  timeoutMs?: number;
  /** Bytes of the answer's body; 1 MiB unless told. A longer one is an error. */
  maxBytes?: number;
  /** Called when a connection stands: without it nothing has left. */
  onConnected?: () => void;
}

const TIMEOUT_MS = 10_000;
const MAX_BYTES = 1024 * 1024;
const CONNECTIONS = { keepAlive: true, maxTotalSockets: 64, maxFreeSockets: 16 };

/**
 * Requests to addresses that people configure: an issuer, a portal's webhook. What may be reached is decided anew for
 * every address that is about to be connected to, not when the name was written down: a name that points elsewhere
 * a moment later gets nobody in. Redirects are not followed, they are answers like others.
 */
@Injectable()
export class OutgoingHttp implements OnApplicationShutdown {
  private readonly rules: OutgoingRules;
  // Not the global ones: a connection that something else has opened was never looked at.
  private readonly plain = new http.Agent(CONNECTIONS);
  private readonly secure = new https.Agent(CONNECTIONS);

  constructor(config: AppConfig) {
    this.rules = new OutgoingRules(config.outgoingAllowedNetworks);
  }

  /**
   * For when somebody writes an address down: that it may be reached now. It counts for nothing later.
   * @throws OutgoingRefused, whose code has a text
   */
  async requireReachable(url: URL): Promise<void> {
    this.rules.requireUrl(url);
    // An address that stands there itself has been looked at with the URL.
    if (literalOf(url.hostname) !== undefined) return;
    const addresses = await addressesOf(url.hostname, this.rules).catch(() => {
      throw new OutgoingRefused('OUTGOING_NAME_UNKNOWN');
    });
    for (const { address } of addresses) this.rules.requireAddress(url, address);
  }

  /**
   * As `fetch`, with bounds; whatever the status, it is an answer.
   * @throws OutgoingRefused where it may not be reached, OutgoingAnswerTooLong, `TimeoutError`, or the connection's
   */
  async fetch(address: URL | string, options: OutgoingOptions = {}): Promise<Response> {
    const url = new URL(address);
    this.rules.requireUrl(url);
    const timeOut = AbortSignal.timeout(options.timeoutMs ?? TIMEOUT_MS);
    const signal = options.signal === undefined ? timeOut : AbortSignal.any([options.signal, timeOut]);
    const isSecure = url.protocol === 'https:';
    try {
      const request = (isSecure ? https : http).request(url, {
        method: options.method ?? 'GET',
        agent: isSecure ? this.secure : this.plain,
        headers: Object.fromEntries(new Headers(options.headers)),
        lookup: this.lookupFor(url),
        signal,
      });
      if (options.onConnected !== undefined) onceConnected(request, isSecure, options.onConnected);
      const answer = answerOf(request, options.maxBytes ?? MAX_BYTES);
      request.end(options.body);
      return await answer;
    } catch (error) {
      // Node says only that it was aborted; why, the signal knows.
      throw signal.aborted ? signal.reason : error;
    }
  }

  onApplicationShutdown(): void {
    this.plain.destroy();
    this.secure.destroy();
  }

  /** Called by the socket itself, which connects to these very addresses and asks nobody again. */
  private lookupFor(url: URL): LookupFunction {
    const permitted = callbackify((name: string) => this.permitted(url, name));
    return (hostname, { all }, callback) => {
      permitted(hostname, (error, addresses) => {
        if (error !== null) callback(error, '', 0);
        else if (all === true) callback(null, addresses);
        else callback(null, addresses[0]?.address ?? '', addresses[0]?.family ?? 0);
      });
    };
  }

  private async permitted(url: URL, hostname: string): Promise<LookupAddress[]> {
    const addresses = await addressesOf(hostname, this.rules);
    for (const { address } of addresses) this.rules.requireAddress(url, address);
    return addresses;
  }
}
