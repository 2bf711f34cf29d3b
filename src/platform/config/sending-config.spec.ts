import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { AppConfig, ConfigurationFaults } from './app-config.js';

const folder = mkdtempSync(path.join(tmpdir(), 'shukun-config-'));
afterAll(() => rmSync(folder, { recursive: true }));

const inFile = (name: string, content: string): string => {
  const file = path.join(folder, name);
  writeFileSync(file, content);
  return file;
};
const rsa = (modulusLength: number): string =>
  generateKeyPairSync('rsa', { modulusLength })
    .privateKey.export({ type: 'pkcs8', format: 'pem' })
    .toString();
const read = (values: NodeJS.ProcessEnv): AppConfig =>
  AppConfig.fromEnvironment({
    DATABASE_URL: 'postgres://app:secret@db/shukun',
    REDIS_URL: 'redis://cache:6379',
    TOKEN_SECRET: 'x'.repeat(32),
    PERSONAL_DATA_KEYS: `k1:${'0a'.repeat(32)}`,
    FILES_DIR: '/data/files',
    ...values,
  });
function faultsOf(values: NodeJS.ProcessEnv): readonly string[] {
  try {
    read(values);
  } catch (error) {
    if (error instanceof ConfigurationFaults) return error.faults;
    throw error;
  }
  return [];
}

describe('DKIM', () => {
  const key = rsa(1_024);
  const all = {
    DKIM_DOMAIN: 'ankang.example',
    DKIM_SELECTOR: 'shukun2026',
    DKIM_PRIVATE_KEY_FILE: inFile('dkim.pem', key),
  };

  it('is taken whole, with the key that is in the file', () => {
    expect(read(all).dkim).toEqual({ domain: 'ankang.example', selector: 'shukun2026', privateKey: key });
    for (const name of Object.keys(all))
      expect(faultsOf({ ...all, [name]: '' })).toEqual([expect.stringMatching(`^${name} `)]);
  });

  it.each([
    ['no file', path.join(folder, 'none.pem')],
    ['no key', inFile('text.pem', 'hunter2')],
    ['a key that is too short', inFile('short.pem', rsa(512))],
    [
      'a key of another kind',
      inFile(
        'ed.pem',
        generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
      ),
    ],
  ])('refuses %s, and does not say what was there', (_, file) => {
    const faults = faultsOf({ ...all, DKIM_PRIVATE_KEY_FILE: file });
    expect(faults).toEqual([
      'DKIM_PRIVATE_KEY_FILE must name a file with an RSA private key of 1024 bits or more, in PEM',
    ]);
  });

  it('refuses names that would end the tag they stand in', () => {
    expect(faultsOf({ ...all, DKIM_DOMAIN: 'a.example; l=0' })).toHaveLength(1);
    for (const selector of ['a;b', '-a', 'a..b', '.'])
      expect(faultsOf({ ...all, DKIM_SELECTOR: selector })).toHaveLength(1);
    for (const selector of ['20261101', 's1.mail', 'a-b'])
      expect(faultsOf({ ...all, DKIM_SELECTOR: selector })).toEqual([]);
  });
});

describe('the authority of the mail server', () => {
  it('is read from its file', () => {
    const file = path.resolve(import.meta.dirname, '../../../test/fixtures/mail-server.crt.pem');
    expect(read({ SMTP_CA_FILE: file }).smtpCa).toBe(readFileSync(file, 'utf8'));
  });

  it.each([
    ['no file', path.join(folder, 'none.crt')],
    ['no certificate', inFile('text.crt', 'hunter2')],
    ['a broken one', inFile('broken.crt', '-----BEGIN CERTIFICATE-----\naGk=\n-----END CERTIFICATE-----')],
  ])('is refused where there is %s', (_, file) => {
    expect(faultsOf({ SMTP_CA_FILE: file })).toEqual([
      'SMTP_CA_FILE must name a file with certificates in PEM',
    ]);
  });
});

describe('group robots', () => {
  const dingtalk = {
    DINGTALK_ROBOT_URL: 'https://oapi.dingtalk.com/robot/send?access_token=hunter2',
    DINGTALK_ROBOT_SECRET: 'SEC0',
  };
  const wecom = 'https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=hunter2';

  it('are each optional; that of DingTalk has a secret', () => {
    expect(read({ ...dingtalk, WECOM_ROBOT_URL: wecom })).toMatchObject({
      wecomRobotUrl: wecom,
      dingtalkRobot: { url: dingtalk.DINGTALK_ROBOT_URL, secret: 'SEC0' },
    });
    for (const name of Object.keys(dingtalk))
      expect(faultsOf({ ...dingtalk, [name]: '' })).toEqual([`${name} is missing`]);
  });

  it('have addresses of the web, whose keys are not repeated', () => {
    const faults = faultsOf({ ...dingtalk, DINGTALK_ROBOT_URL: 'ftp://hunter2', WECOM_ROBOT_URL: 'hunter2' });
    expect(faults).toHaveLength(2);
    expect(faults.join()).not.toContain('hunter2');
  });
});

describe('limits of sending', () => {
  it.each(['SMS_DAILY_CAP', 'SMS_RATE_PER_SECOND', 'MAIL_RATE_PER_SECOND'])(
    '%s is a whole number',
    (name) => {
      expect(faultsOf({ [name]: '-1' })).toHaveLength(1);
      expect(faultsOf({ [name]: '0.5' })).toHaveLength(1);
      expect(faultsOf({ [name]: '0' })).toEqual([]);
    },
  );
});
