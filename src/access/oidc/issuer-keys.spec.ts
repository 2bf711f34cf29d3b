import { beforeAll, describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { exportJWK, generateKeyPair, type JWK } from 'jose';
import { FakeClock } from '../../../test/support/fake-clock.js';
import { AppConfig } from '../../platform/config/app-config.js';
import type { IssuerHttp } from './issuer-http.js';
import { IssuerKeys } from './issuer-keys.js';

const ISSUER = 'https://sso.example/realms/office';
const DISCOVERY = `${ISSUER}/.well-known/openid-configuration`;
const JWKS = 'https://keys.example/jwks';
const PLAIN_JWKS = 'http://keys.example/jwks';
const HEADER = { alg: 'ES256', kid: 'one' };
const TOKEN = { payload: '', signature: '' };

/** Answers by address; what is no text is sent as JSON, and what is not there with 404. */
class Answers {
  readonly asked: string[] = [];

  constructor(readonly answers: Record<string, unknown>) {}

  async get(url: string): Promise<Response> {
    this.asked.push(url);
    const answer = this.answers[url];
    if (answer === undefined) return new Response('', { status: 404 });
    return new Response(typeof answer === 'string' ? answer : JSON.stringify(answer));
  }
}

describe('the keys of an issuer', () => {
  const clock = new FakeClock(new Date('2021-11-01T09:00:00+08:00'));
  let key: JWK;
  const keysOf = (http: Pick<IssuerHttp, 'get'>, issuer = ISSUER): IssuerKeys => {
    const oidc = { issuer, audience: 'shukun', accountClaim: 'sub' };
    return new IssuerKeys(Object.assign(new AppConfig(), { oidc }), http, clock);
  };
  const published = (over: Record<string, unknown> = {}): Record<string, unknown> => ({
    [DISCOVERY]: { issuer: ISSUER, jwks_uri: JWKS },
    [JWKS]: { keys: [key] },
    ...over,
  });

  beforeAll(async () => {
    // What is refused below is written down as well.
    Logger.overrideLogger(false);
    const { publicKey } = await generateKeyPair('ES256', { extractable: true });
    key = { ...(await exportJWK(publicKey)), kid: 'one', alg: 'ES256' };
  });

  it('are found by discovery, once for all who ask at once, and again after ten minutes', async () => {
    const http = new Answers(published());
    const keys = keysOf(http);
    const ask = () => keys.keyOf(HEADER, TOKEN);
    await Promise.all([ask(), ask(), ask()]);
    clock.advance(10 * 60_000 - 1);
    await ask();
    expect(http.asked).toEqual([DISCOVERY, JWKS]);
    clock.advance(1);
    await ask();
    expect(http.asked).toHaveLength(4);
  });

  it('that have been withdrawn are gone after ten minutes', async () => {
    const http = new Answers(published());
    const keys = keysOf(http);
    await keys.keyOf(HEADER, TOKEN);
    http.answers[JWKS] = { keys: [] };
    clock.advance(10 * 60_000);
    await expect(keys.keyOf(HEADER, TOKEN)).rejects.toMatchObject({ code: 'ERR_JWKS_NO_MATCHING_KEY' });
  });

  it.each<[string, () => Record<string, unknown>]>([
    ['nothing', () => ({})],
    ['a page', () => published({ [DISCOVERY]: '<html>' })],
    ['a text', () => published({ [DISCOVERY]: '"issuer"' })],
    [
      'the document of another issuer',
      () => published({ [DISCOVERY]: { issuer: 'https://else', jwks_uri: JWKS } }),
    ],
    ['a document without keys', () => published({ [DISCOVERY]: { issuer: ISSUER } })],
    [
      'keys by plain HTTP',
      () =>
        published({
          [DISCOVERY]: { issuer: ISSUER, jwks_uri: PLAIN_JWKS },
          [PLAIN_JWKS]: { keys: [key] },
        }),
    ],
    ['no keys at their address', () => published({ [JWKS]: undefined })],
    ['keys that are no list', () => published({ [JWKS]: { keys: 'one' } })],
    ['keys that are no keys', () => published({ [JWKS]: { keys: ['one'] } })],
  ])('are not had from an issuer that publishes %s', async (_, answers) => {
    await expect(keysOf(new Answers(answers())).keyOf(HEADER, TOKEN)).rejects.toMatchObject({
      status: 503,
      code: 'ISSUER_AWAY',
    });
  });

  it('are found under an issuer whose name ends in a slash', async () => {
    const issuer = `${ISSUER}/`;
    const http = new Answers(published({ [DISCOVERY]: { issuer, jwks_uri: JWKS } }));
    await expect(keysOf(http, issuer).keyOf(HEADER, TOKEN)).resolves.toBeDefined();
  });
});
