import { describe, expect, it } from '@jest/globals';
import { NoAnswer } from './http-post.js';
import { gatewayAnswer, gatewaySilence } from './sms-gateway-outcome.js';

describe('gatewayAnswer', () => {
  it('takes OK with an id as sent', () => {
    expect(gatewayAnswer(200, { code: 'OK', id: 'g-1', message: 'accepted' })).toEqual({
      status: 'sent',
      gatewayId: 'g-1',
      gatewayCode: 'OK',
      gatewayText: 'accepted',
    });
    expect(gatewayAnswer(202, { code: 'OK' })).toMatchObject({ status: 'sent', gatewayId: null });
    // PostgreSQL would not store it, nor the outcomes that are written with it.
    expect(gatewayAnswer(200, { code: 'OK', id: 'g\u0000' })).toMatchObject({
      status: 'sent',
      gatewayId: null,
    });
  });

  it.each([
    [200, { code: 'BLACKLISTED', message: 'blocked' }, 'failed', 'BLACKLISTED'],
    [200, null, 'unknown', 'ANSWER_UNREADABLE'],
    [200, 'OK', 'unknown', 'ANSWER_UNREADABLE'],
    [302, null, 'failed', 'HTTP_302'],
    [400, { code: 'BODY_INVALID' }, 'failed', 'BODY_INVALID'],
    [401, null, 'temporary', 'HTTP_401'],
    [429, { code: 'SLOW_DOWN' }, 'temporary', 'SLOW_DOWN'],
    [408, null, 'unknown', 'HTTP_408'],
    [500, { code: 'INTERNAL' }, 'unknown', 'INTERNAL'],
    [503, null, 'temporary', 'HTTP_503'],
    [502, null, 'unknown', 'HTTP_502'],
    [504, null, 'unknown', 'HTTP_504'],
  ])('takes %d %j as %s', (status, body, expected, gatewayCode) => {
    expect(gatewayAnswer(status, body)).toMatchObject({ status: expected, gatewayCode });
  });
});

it.each([
  [500, true],
  [502, true],
  [503, true],
  [504, true],
  [408, true],
  [401, true],
  [403, undefined],
  [429, undefined],
  [400, undefined],
  [200, undefined],
])('a gateway that answers %d is away: %s', (status, isAway) => {
  expect(Object(gatewayAnswer(status, { code: 'NO' })).isAway).toBe(isAway);
});

describe('gatewaySilence', () => {
  it('may be tried again where no connection stood, and not after', () => {
    const refused = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
    expect(gatewaySilence(new NoAnswer(false, refused))).toMatchObject({
      status: 'temporary',
      isAway: true,
      gatewayCode: 'ECONNREFUSED',
    });
    expect(gatewaySilence(new NoAnswer(false, 'gone'))).toMatchObject({
      status: 'temporary',
      gatewayText: 'gone',
    });
    expect(gatewaySilence(new NoAnswer(true, refused))).toMatchObject({
      status: 'unknown',
      isAway: true,
      gatewayCode: 'NO_ANSWER',
    });
  });
});
