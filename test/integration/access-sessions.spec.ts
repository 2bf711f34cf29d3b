import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Answer, createRegisterApp, type RegisterApp } from '../support/register-app.js';

const MINUTE = 60_000;
let world: RegisterApp;
let made = 0;

beforeAll(async () => {
  world = await createRegisterApp();
});

afterAll(() => world.close());

interface Somebody {
  signIn(): Promise<{ access: string; refresh: string }>;
}

async function somebody(): Promise<Somebody> {
  made += 1;
  const username = `somebody-${made}`;
  const { password } = await world.transactions.run((tx) => world.accounts.create(tx, { username }, false));
  return {
    async signIn() {
      const { body } = await world.ask('/auth/login', { body: { username, password } });
      return { access: String(body['accessToken']), refresh: String(body['refreshToken']) };
    },
  };
}

interface Listed {
  id: string;
  createdAt: string;
  lastUsedAt: string;
  expiresAt: string;
  isCurrent: boolean;
}

async function sessionsOf(token: string): Promise<Listed[]> {
  const { status, body } = await world.ask('/auth/sessions', { token });
  expect(status).toBe(200);
  return Object(body)['items'];
}

const me = (token: string): Promise<Answer> => world.ask('/auth/me', { token });
const end = (token: string, id: string): Promise<Answer> =>
  world.ask(`/auth/sessions/${id}`, { method: 'DELETE', token });

describe('one’s own sessions', () => {
  it('are listed with their times and which of them is asking, and nobody else’s', async () => {
    const person = await somebody();
    const first = await person.signIn();
    await (await somebody()).signIn();
    world.clock.advance(5 * MINUTE);
    const second = await person.signIn();
    await world.ask('/auth/refresh', { body: { refreshToken: first.refresh } });
    const listed = await sessionsOf(second.access);
    const now = world.clock.now().getTime();
    const at = (minutes: number): string => new Date(now + minutes * MINUTE).toISOString();
    expect(listed).toEqual([
      { id: expect.any(String), createdAt: at(-5), lastUsedAt: at(0), expiresAt: at(475), isCurrent: false },
      { id: expect.any(String), createdAt: at(0), lastUsedAt: at(0), expiresAt: at(480), isCurrent: true },
    ]);
    expect(JSON.stringify(listed)).not.toMatch(/hash/i);
  });

  it('that are idle, over or ended are listed no more', async () => {
    const person = await somebody();
    await person.signIn();
    world.clock.advance(16 * MINUTE);
    const ended = await person.signIn();
    await world.ask('/auth/logout', { method: 'POST', token: ended.access });
    const { access } = await person.signIn();
    expect((await sessionsOf(access)).map(({ isCurrent }) => isCurrent)).toEqual([true]);
  });

  it('end one by one, at once, and nobody else’s do', async () => {
    const person = await somebody();
    const [lost, kept] = [await person.signIn(), await person.signIn()];
    const { id = '' } = (await sessionsOf(kept.access)).find(({ isCurrent }) => !isCurrent) ?? {};
    const stranger = await (await somebody()).signIn();
    expect((await end(stranger.access, id)).status).toBe(404);
    expect((await me(lost.access)).status).toBe(200);
    expect((await end(kept.access, id)).status).toBe(204);
    expect((await me(lost.access)).body['code']).toBe('SESSION_ENDED');
    expect((await world.ask('/auth/refresh', { body: { refreshToken: lost.refresh } })).status).toBe(401);
    expect((await me(kept.access)).status).toBe(200);
    expect((await end(kept.access, id)).status).toBe(404);
  });

  it('end all together, this one too, and nobody else’s do', async () => {
    const person = await somebody();
    const [one, other] = [await person.signIn(), await person.signIn()];
    const stranger = await (await somebody()).signIn();
    const answer = await world.ask('/auth/logout-everywhere', { method: 'POST', token: one.access });
    expect(answer.status).toBe(204);
    for (const { access, refresh } of [one, other]) {
      expect((await me(access)).body['code']).toBe('SESSION_ENDED');
      expect((await world.ask('/auth/refresh', { body: { refreshToken: refresh } })).status).toBe(401);
    }
    expect((await me(stranger.access)).status).toBe(200);
  });
});
