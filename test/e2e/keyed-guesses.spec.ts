import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { type Client, createTestApp, type TestApp } from '../support/test-app.js';

let world: TestApp;

beforeAll(async () => {
  world = await createTestApp();
});

afterAll(() => world.close());

describe('guesses at once', () => {
  it('are no more than five, and whoever waited behind them is signed out', async () => {
    const client = await world.as('system_admin');
    const guess = (currentPassword: string) =>
      client.post('/auth/password', { currentPassword, newPassword: 'a new good password' });
    const answers = await Promise.all(Array.from({ length: 9 }, () => guess('not the password')));
    const codes = answers.map(({ body }) => body['code']);
    expect(codes.filter((code) => code === 'PASSWORD_WRONG')).toHaveLength(5);
    expect(codes.filter((code) => code === 'SESSION_ENDED')).toHaveLength(4);
  });
});

/** The answer to a proof is never kept: with a transaction around the request a refusal would take the count back. */
describe('guesses with an Idempotency-Key', () => {
  const guessFiveTimes = async (client: Client, path: string, body: object, code: string): Promise<void> => {
    for (let turn = 0; turn < 5; turn += 1) {
      const answer = await client.post(path, body, { 'idempotency-key': randomUUID() });
      expect([turn, answer.status, answer.body['code']]).toEqual([turn, 400, code]);
    }
    expect((await client.get('/auth/me')).status).toBe(401);
  };

  it('at the password are counted', async () => {
    const body = { currentPassword: 'not the password', newPassword: 'a new good password' };
    await guessFiveTimes(await world.as('auditor'), '/auth/password', body, 'PASSWORD_WRONG');
  });

  it('at the password of an enrolment are counted', async () => {
    const body = { password: 'not the password' };
    await guessFiveTimes(await world.as('leader'), '/auth/second-factor', body, 'PASSWORD_WRONG');
  });

  it('at the first code of an enrolment are counted', async () => {
    const client = await world.as('county');
    // A secret that does not open has no right code.
    await world.database.dataSource.query(
      `UPDATE accounts SET totp_pending_secret = sha256('nothing') WHERE role = 'county'`,
    );
    await guessFiveTimes(client, '/auth/second-factor/confirm', { code: '123456' }, 'SECOND_FACTOR_WRONG');
  });
});
