import { isPublicAddress, Networks } from '../networks.js';

export type OutgoingRefusal =
  'OUTGOING_URL_INVALID' | 'OUTGOING_HTTPS_REQUIRED' | 'OUTGOING_ADDRESS_FORBIDDEN' | 'OUTGOING_NAME_UNKNOWN';

/** An address that people configured is not to be reached from here; nothing was sent. */
export class OutgoingRefused extends Error {
  constructor(readonly code: OutgoingRefusal) {
    super(code);
    this.name = 'OutgoingRefused';
  }
}

/**
 * What may be reached: hosts of the open internet, by https. Portals of a closed network have private addresses and
 * sometimes no certificate, so an operator can list names and networks: these may be reached wherever they are, and
 * by http.
 */
export class OutgoingRules {
  private readonly networks: Networks;
  private readonly names: ReadonlySet<string>;

  /** @param allowed names, addresses and ranges */
  constructor(allowed: readonly string[]) {
    this.networks = new Networks(allowed);
    this.names = new Set(allowed.map((name) => name.toLowerCase()));
  }

  /** What the address itself shows, before anybody is asked where its host is. @throws OutgoingRefused */
  requireUrl(url: URL): void {
    const isWeb = url.protocol === 'https:' || url.protocol === 'http:';
    // Credentials would be sent on, and shown wherever the address is.
    if (!isWeb || url.username !== '' || url.password !== '')
      throw new OutgoingRefused('OUTGOING_URL_INVALID');
    const literal = literalOf(url.hostname);
    if (literal !== undefined) this.requireAddress(url, literal);
  }

  /** Whether an operator has named this very host. */
  isListedName(name: string): boolean {
    return this.names.has(name);
  }

  /** One of the addresses of the host. @throws OutgoingRefused */
  requireAddress(url: URL, address: string): void {
    if (this.isListedName(url.hostname) || this.networks.has(address)) return;
    if (!isPublicAddress(address)) throw new OutgoingRefused('OUTGOING_ADDRESS_FORBIDDEN');
    if (url.protocol !== 'https:') throw new OutgoingRefused('OUTGOING_HTTPS_REQUIRED');
  }
}

/** The address that stands in place of a name. `URL` has written it plainly, in whatever form it came. */
export function literalOf(hostname: string): string | undefined {
  if (hostname.startsWith('[')) return hostname.slice(1, -1);
  return /^\d+\.\d+\.\d+\.\d+$/.test(hostname) ? hostname : undefined;
}
