import ipaddr from 'ipaddr.js';

type Range = [ipaddr.IPv4 | ipaddr.IPv6, number];

/** Of the addresses of version 6, these alone are given out to be reached from everywhere. */
const GLOBAL_V6: Range = [ipaddr.parse('2000::'), 3];

/** An address or a range of them, such as `10.1.2.3`, `10.0.0.0/8` or `fd00::/8`. */
export const isNetwork = (text: string): boolean => rangeOf(text) !== undefined;

/** Addresses that are listed. */
export class Networks {
  private readonly ranges: readonly Range[];

  /** @param list what is no network is passed over. */
  constructor(list: readonly string[]) {
    this.ranges = list.map(rangeOf).filter((range) => range !== undefined);
  }

  has(address: string): boolean {
    const parsed = parse(address);
    return parsed !== undefined && this.ranges.some((range) => isWithin(parsed, range));
  }
}

/**
 * Whether an address belongs to a host of the open internet. Everything else is not: loopback, private and link-local
 * ones (where clouds keep their metadata), those shared by carriers, for many or for nobody, and forms of version 6
 * that carry an address of version 4 through a translator. One written as `::ffff:1.2.3.4` is what it stands for.
 */
export function isPublicAddress(address: string): boolean {
  const parsed = parse(address);
  if (parsed === undefined || parsed.range() !== 'unicast') return false;
  return parsed.kind() === 'ipv4' || isWithin(parsed, GLOBAL_V6);
}

function parse(address: string): ipaddr.IPv4 | ipaddr.IPv6 | undefined {
  // `isValid` alone takes the old forms as well, where 010.1 is 8.0.0.1 to some and 10.0.0.1 to others.
  // It also takes `::1.2.3.4` for `::ffff:1.2.3.4`, which no system does.
  const isPlain = address.includes(':')
    ? ipaddr.IPv6.isValid(address) && (!address.includes('.') || /^::ffff:/i.test(address))
    : ipaddr.IPv4.isValidFourPartDecimal(address);
  return isPlain ? ipaddr.process(address) : undefined;
}

function rangeOf(text: string): Range | undefined {
  if (!text.includes('/')) {
    const address = parse(text);
    return address === undefined ? undefined : [address, address.kind() === 'ipv4' ? 32 : 128];
  }
  const isRange = ipaddr.isValidCIDR(text) && !text.startsWith('::ffff:');
  return isRange ? ipaddr.parseCIDR(text) : undefined;
}

const isWithin = (address: ipaddr.IPv4 | ipaddr.IPv6, [from, bits]: Range): boolean =>
  address.kind() === from.kind() && address.match(from, bits);
