import { describe, expect, it } from '@jest/globals';
import { isNetwork, isPublicAddress, Networks } from './networks.js';

describe('isPublicAddress', () => {
  it.each(['8.8.8.8', '114.114.114.114', '2400:3200::1', '::ffff:8.8.8.8'])('%s is', (address) =>
    expect(isPublicAddress(address)).toBe(true),
  );

  it.each([
    ['unspecified', ['0.0.0.0', '0.1.2.3', '::']],
    ['loopback', ['127.0.0.1', '127.255.1.1', '::1', '::ffff:127.0.0.1', '::ffff:7f00:1']],
    ['private', ['10.1.1.1', '172.16.0.1', '172.31.255.255', '192.168.1.1', 'fc00::1', 'fd12::1', 'fec0::1']],
    ['link-local', ['169.254.169.254', '169.254.0.1', 'fe80::1', 'fe80::1%eth0', '::ffff:169.254.169.254']],
    ['shared by a carrier', ['100.64.0.1', '100.127.255.255', '100.100.100.200']],
    ['for many', ['224.0.0.1', '239.255.255.255', '255.255.255.255', 'ff02::1']],
    [
      'for nobody',
      ['192.0.2.1', '198.51.100.1', '203.0.113.1', '198.18.0.1', '240.0.0.1', '2001:db8::1', '100::1'],
    ],
    [
      'of version 4 in 6',
      ['::127.0.0.1', '::8.8.8.8', '64:ff9b::7f00:1', '64:ff9b:1::a00:1', '2002:7f00:1::', '2001::1'],
    ],
    ['no address', ['', 'localhost', '010.1.1.1', '0x7f.1', '2130706433', '1.2.3', '8.8.8.8/8']],
  ])('%s is not', (_what, addresses) => expect(addresses.filter(isPublicAddress)).toEqual([]));
});

describe('Networks', () => {
  const networks = new Networks(['10.0.0.0/8', '192.168.7.7', 'fd00::/8', 'portal.local']);

  it.each(['10.255.0.1', '::ffff:10.1.1.1', '192.168.7.7', 'fd12::1'])('%s is in', (address) =>
    expect(networks.has(address)).toBe(true),
  );

  it.each(['11.0.0.1', '192.168.7.8', 'fc00::1', 'portal.local', '::a00:1', ''])('%s is not', (address) =>
    expect(networks.has(address)).toBe(false),
  );

  it('are addresses and ranges', () => {
    expect(['10.1.1.1', '::1', '10.0.0.0/8', 'fd00::/8'].every(isNetwork)).toBe(true);
    expect(['', 'host', '10.1', '10.0.0.0/33', '::ffff:10.0.0.0/104', '*'].some(isNetwork)).toBe(false);
  });
});
