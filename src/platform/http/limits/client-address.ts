import ipaddr from 'ipaddr.js';

const MAPPED = '::ffff:';
/** What one subscriber is given of version 6; within it he has as many addresses as he likes. */
const SUBSCRIBER_BITS = 64;

interface Client {
  /** As a trusted proxy says. */
  ip: string;
  socket: { remoteAddress?: string | undefined };
}

/** Whom an address limit counts: one address of version 4, one subscriber's network of version 6. */
export function clientKey(request: Client): string {
  // What a trusted proxy passes on may still be anything; the connection itself has an address.
  return keyOf(request.ip) ?? keyOf(request.socket.remoteAddress ?? '') ?? 'unknown';
}

function keyOf(address: string): string | undefined {
  // So a server on both versions calls one of version 4.
  const plain = address.startsWith(MAPPED) ? address.slice(MAPPED.length) : address;
  if (!plain.includes(':')) return ipaddr.IPv4.isValidFourPartDecimal(plain) ? plain : undefined;
  if (!ipaddr.IPv6.isValid(plain)) return undefined;
  const parts = ipaddr.IPv6.parse(plain).parts.slice(0, SUBSCRIBER_BITS / 16);
  return parts.map((part) => part.toString(16)).join(':');
}
