import { describe, expect, it } from '@jest/globals';
import { type SmtpError, smtpOutcome } from './smtp-outcome.js';

const error = (values: Partial<SmtpError>): SmtpError => Object.assign(new Error('said'), values);

describe('smtpOutcome', () => {
  it.each<[string, Partial<SmtpError>, boolean, string, string]>([
    ['recipient refused for good', { code: 'EENVELOPE', responseCode: 550 }, false, 'failed', 'SMTP_550'],
    ['recipient refused for now', { code: 'EENVELOPE', responseCode: 450 }, false, 'temporary', 'SMTP_450'],
    ['message refused for good', { code: 'EMESSAGE', responseCode: 554 }, true, 'failed', 'SMTP_554'],
    ['message refused for now', { code: 'EMESSAGE', responseCode: 452 }, true, 'temporary', 'SMTP_452'],
    ['login refused', { code: 'EAUTH', responseCode: 535 }, false, 'temporary', 'SMTP_535'],
    ['greeting refused', { code: 'EPROTOCOL', responseCode: 554 }, false, 'temporary', 'SMTP_554'],
    ['no server', { code: 'ESOCKET' }, false, 'temporary', 'ESOCKET'],
    ['an error without a code', {}, false, 'temporary', 'SMTP_ERROR'],
    ['an address that is none', { code: 'EENVELOPE' }, false, 'failed', 'ADDRESS_INVALID'],
    ['cut before the data', { code: 'ECONNECTION' }, false, 'temporary', 'ECONNECTION'],
    ['cut after the data', { code: 'ECONNECTION' }, true, 'unknown', 'NO_ANSWER'],
    ['silence after the data', { code: 'ETIMEDOUT' }, true, 'unknown', 'NO_ANSWER'],
    [
      'closing, said after the data',
      { code: 'ECONNECTION', responseCode: 421 },
      true,
      'unknown',
      'NO_ANSWER',
    ],
  ])('%s', (_name, values, isHandedOver, status, gatewayCode) => {
    const isAboutMessage = values.code === 'EENVELOPE' || values.code === 'EMESSAGE';
    expect(smtpOutcome(error(values), isHandedOver)).toEqual({
      ...{ status, gatewayCode, gatewayText: 'said' },
      ...(isAboutMessage ? {} : { isAway: true }),
    });
  });

  it('quotes the server where it said something', () => {
    expect(smtpOutcome(error({ response: '550 no\r\nsuch user' }), false).gatewayText).toBe(
      '550 no such user',
    );
  });
});
