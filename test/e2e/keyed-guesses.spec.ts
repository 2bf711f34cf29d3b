import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { type Client, createTestApp, type TestApp } from '../support/test-app.js';

let world: TestApp;

beforeAll(async () => {
  world = await createTestApp();
});

afterAll(() => world.close());

/** An `Idempotency-Key` puts a transaction around the request, and a refusal rolls it back. */
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
