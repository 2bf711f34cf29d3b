import { describe, expect, it } from '@jest/globals';
import { Sealer } from './sealer.js';

const INSTALLATION = { tokenSecret: 'one installation' };
const sealer = new Sealer(INSTALLATION, 'a purpose');

describe('what is sealed', () => {
  it('opens in its context only, for its purpose only, by its installation only', () => {
    const sealed = sealer.seal('企业 text', 'row-1');
    expect(sealed.toString('latin1')).not.toContain('text');
    expect(sealer.open(sealed, 'row-1').toString()).toBe('企业 text');
    expect([sealer.canOpen(sealed, 'row-1'), sealer.canOpen(sealed, 'row-2')]).toEqual([true, false]);
    expect(() => sealer.open(sealed, 'row-2')).toThrow();
    expect(new Sealer(INSTALLATION, 'another purpose').canOpen(sealed, 'row-1')).toBe(false);
    expect(new Sealer({ tokenSecret: 'another' }, 'a purpose').canOpen(sealed, 'row-1')).toBe(false);
  });

  it('is other bytes each time, and opens whole and unchanged only', () => {
    const sealed = sealer.seal(Buffer.from([0, 255]), 'row-1');
    expect(sealer.seal(Buffer.from([0, 255]), 'row-1')).not.toEqual(sealed);
    expect([...sealer.open(sealed, 'row-1')]).toEqual([0, 255]);
    for (const length of sealed.keys())
      expect(sealer.canOpen(sealed.subarray(0, length), 'row-1')).toBe(false);
    for (const index of sealed.keys()) {
      const changed = Buffer.from(sealed);
      changed[index] = (changed[index] ?? 0) ^ 1;
      expect(sealer.canOpen(changed, 'row-1')).toBe(false);
    }
  });

  // Of the forms that rows hold already.
  it.each([
    [
      'shukun webhook secret',
      'webhook-1',
      'BwcHBwcHBwcHBwcHdBxJ3eRcysX6Oni+sG3qDXd9fEbSW21DYbI=',
      'whsec_kept',
    ],
    ['shukun second factor', 'account-1', 'BwcHBwcHBwcHBwcHncY5jnzZ2NYZPtwd98uCS3OE+El2JQjb', 'a secret'],
  ])('before for the purpose "%s" still opens', (purpose, context, sealed, plain) => {
    const opened = new Sealer(INSTALLATION, purpose).open(Buffer.from(sealed, 'base64'), context);
    expect(opened.toString()).toBe(plain);
  });
});
