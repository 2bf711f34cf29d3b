import { describe, expect, it } from '@jest/globals';
import { Passwords } from './passwords.js';

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

  it('made at random differ, and nobody mistakes one letter of them for another', () => {
    const made = new Set(Array.from({ length: 100 }, () => passwords.random()));
    expect(made.size).toBe(100);
    for (const password of made) expect(password).toMatch(/^[^lIO01]{23}$/);
  });
});
