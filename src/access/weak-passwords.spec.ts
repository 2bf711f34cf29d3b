import { describe, expect, it } from '@jest/globals';
import { Passwords } from './passwords.js';
import { isTooWeak } from './weak-passwords.js';

describe('a password', () => {
  it.each([
    ['too few characters of their own', 'ababababababab'],
    ['the user name', 'Li.Ming-2021-ok'],
    ['one piece again and again', 'Kx7#pqKx7#pq'],
    ['one piece again and again, cut off', 'Kx7#pqKx7#pqKx7'],
    ['a common password with a year', 'Password2026!'],
    ['a common password in disguise', 'P@ssw0rd-Adm1n'],
    ['a common password in disguise with a day', 'P@ssword-20261123'],
    ['two common passwords', 'admin.letmein.1'],
    ['words of the product', 'ShukunAnkang#88'],
    ['the same in Chinese', '安康专班管理员2021!!!'],
    ['digits in order', '0123456789012'],
    ['letters in order', 'abcdefghijklmn'],
    ['a row of keys with digits', 'qwertyuiop123'],
    ['a year and a day', 'woaini20210808'],
  ])('of %s is too weak: %s', (_, password) => {
    expect(isTooWeak(password, 'li.ming')).toBe(true);
  });

  it.each([
    'correct horse battery',
    'a new good password',
    'Tq7-bunker-lime',
    '青山一道同云雨明月何曾',
    'the admin has 7 cats',
  ])('that nobody would try first is taken: %s', (password) => {
    expect(isTooWeak(password, 'li.ming')).toBe(false);
  });

  it('made at random is never too weak', () => {
    const passwords = new Passwords();
    for (let turn = 0; turn < 500; turn += 1) expect(isTooWeak(passwords.random(), 'admin')).toBe(false);
  });
});
