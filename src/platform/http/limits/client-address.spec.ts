import { expect, it } from '@jest/globals';
import { clientKey } from './client-address.js';

it.each([
  ['192.0.2.7', '192.0.2.7'],
  ['::ffff:192.0.2.7', '192.0.2.7'],
  ['2001:db8:1:2::1', '2001:db8:1:2'],
  ['2001:db8:1:2:ffff:ffff:ffff:ffff', '2001:db8:1:2'],
  ['2001:db8:1:3::1', '2001:db8:1:3'],
  ['anything a proxy passes on', '10.0.0.1'],
  ['', '10.0.0.1'],
])('%s is counted as %s', (ip, key) => {
  expect(clientKey({ ip, socket: { remoteAddress: '10.0.0.1' } })).toBe(key);
});
