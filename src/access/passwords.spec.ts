import { describe, expect, it } from '@jest/globals';
import { isTooWeak, Passwords } from './passwords.js';

describe('passwords', () => {
  const passwords = new Passwords();

  it('are kept as argon2id with the cost that OWASP asks for', async () => {
    expect(await passwords.hash('correct horse')).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  });

  it('are right or wrong', async () => {
    const hash = await passwords.hash('correct horse');
    expect(await passwords.verify(hash, 'correct horse')).toBe(true);
    expect(await passwords.verify(hash, 'correct Horse')).toBe(false);
  });

  it('of nobody are always wrong', async () => {
    expect(await passwords.verify(undefined, 'anything')).toBe(false);
  });

  it('made at random differ and are not weak', () => {
    const made = new Set(Array.from({ length: 100 }, () => passwords.random()));
    expect(made.size).toBe(100);
    for (const password of made) expect(isTooWeak(password, 'admin')).toBe(false);
  });

  it.each([
    ['aaaaaaaaaaaaaa', 'li.ming', true],
    ['ababababababab', 'li.ming', true],
    ['Li.Ming-2021-ok', 'li.ming', true],
    ['correct horse battery', 'li.ming', false],
  ])('%s of %s: too weak is %s', (password, username, weak) => {
    expect(isTooWeak(password, username)).toBe(weak);
  });
});
