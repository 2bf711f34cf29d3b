import type { IncomingHttpHeaders } from 'node:http';
import { Networks } from '../http/networks.js';

/** Whoever asks for the metrics. */
export interface MetricsReader {
  /** As far as proxies are trusted. */
  address: string;
  /** Of the connection itself. */
  peer: string | undefined;
  headers: IncomingHttpHeaders;
}

/**
 * Metrics tell how busy an office is, and with what; they are for who watches over the machine. What came through a
 * proxy that is not trusted came from anywhere, whatever the proxy's own address.
 */
export class MetricsReaders {
  private readonly networks: Networks;

  constructor(networks: readonly string[]) {
    this.networks = new Networks(networks);
  }

  has({ address, peer, headers }: MetricsReader): boolean {
    const isPassedOn = headers['x-forwarded-for'] !== undefined || headers.forwarded !== undefined;
    return (!isPassedOn || address !== peer) && this.networks.has(address);
  }
}
