import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { get } from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createTransport } from 'nodemailer';
import { MailRecorder } from '../../src/local/mail-recorder.js';
import { RecorderPages } from '../../src/local/recorder-pages.js';
import { SmsRecorder } from '../../src/local/sms-recorder.js';

const TOKEN = 'a-token';
const letter = {
  from: '稳增长专班 <office@ankang.example>',
  to: ['王芳 <wang@ankang.example>', 'li@ankang.example'],
  subject: '红灯：<b>2 件</b>已逾期',
  text: '请尽快办理。',
  html: '<h1>已逾期</h1><script>alert(1)</script>',
};

let folder: string;
let mail: MailRecorder;
let sms: SmsRecorder;

beforeEach(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'recorders-'));
  [mail, sms] = await Promise.all([startMail(), startSms()]);
});

afterEach(async () => {
  await Promise.all([mail.close(), sms.close()]);
  rmSync(folder, { recursive: true });
});

const startMail = () => MailRecorder.start({ file: path.join(folder, 'mails.jsonl') });
const startSms = () => SmsRecorder.start({ token: TOKEN, file: path.join(folder, 'sms.jsonl') });

async function sendMail(): Promise<{ accepted: unknown[]; rejected: unknown[]; messageId: string }> {
  const transport = createTransport(`${mail.url}?greetingTimeout=1000&socketTimeout=1000`);
  try {
    return await transport.sendMail(letter);
  } finally {
    transport.close();
  }
}

async function sendSms(body: unknown = {}, token = TOKEN): Promise<Response> {
  return fetch(sms.url, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}` },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(1_000),
  });
}

const message = {
  outId: 'm-1',
  to: '19900000001',
  text: '【安康市工信局】您有1件事项已逾期',
  template: 'OVERDUE',
  variables: { count: '1' },
};

describe('the mail recorder', () => {
  it('remembers what it took, over a restart', async () => {
    const { messageId } = await sendMail();
    const taken = {
      messageId: messageId.slice(1, -1),
      from: expect.stringContaining('office@ankang.example'),
      to: ['wang@ankang.example', 'li@ankang.example'],
      subject: letter.subject,
      text: expect.stringContaining(letter.text),
      html: expect.stringContaining('<h1>已逾期</h1>'),
    };
    expect(mail.mails).toEqual([expect.objectContaining(taken)]);
    await mail.close();
    mail = await startMail();
    expect(mail.mails).toEqual([expect.objectContaining(taken)]);
  });

  it('refuses, cuts and hangs as told', async () => {
    mail.decide = ({ stage }) => (stage === 'connect' ? { code: 421, text: 'later' } : 'accept');
    await expect(sendMail()).rejects.toMatchObject({ responseCode: 421 });

    mail.decide = (moment) =>
      moment.stage === 'recipient' && moment.address.startsWith('li')
        ? { code: 550, text: 'no such user' }
        : 'accept';
    await expect(sendMail()).resolves.toMatchObject({
      accepted: ['wang@ankang.example'],
      rejected: ['li@ankang.example'],
    });
    expect(mail.mails.map(({ to }) => to)).toEqual([['wang@ankang.example']]);

    mail.decide = ({ stage }) => (stage === 'data' ? { code: 554, text: 'spam' } : 'accept');
    await expect(sendMail()).rejects.toMatchObject({ responseCode: 554 });
    expect(mail.mails).toHaveLength(1);

    mail.decide = ({ stage }) => (stage === 'data' ? 'cut' : 'accept');
    await expect(sendMail()).rejects.toThrow();
    expect(mail.mails).toHaveLength(2);

    mail.decide = ({ stage }) => (stage === 'connect' ? 'hang' : 'accept');
    await expect(sendMail()).rejects.toMatchObject({ code: 'ETIMEDOUT' });
  });

  it('forgets the oldest past its limit', async () => {
    const small = await MailRecorder.start({ limit: 1 });
    const transport = createTransport(small.url);
    for (const subject of ['one', 'two']) await transport.sendMail({ ...letter, subject });
    expect(small.mails.map(({ subject }) => subject)).toEqual(['two']);
    transport.close();
    await small.close();
  });
});

describe('the SMS recorder', () => {
  it('answers as a gateway does and remembers what it took, over a restart', async () => {
    const answer = await sendSms(message);
    const body: unknown = await answer.json();
    expect(body).toEqual({ code: 'OK', id: sms.messages[0]?.id, message: 'accepted' });
    await sms.close();
    sms = await startSms();
    expect(sms.messages).toEqual([expect.objectContaining(message)]);
  });

  it('refuses a wrong token, another path and a body that is none', async () => {
    expect((await sendSms(message, 'wrong')).status).toBe(401);
    expect((await fetch(sms.url.replace('send', 'other'), { method: 'POST' })).status).toBe(404);
    for (const body of [
      null,
      'text',
      [],
      {},
      { ...message, to: 1 },
      { ...message, text: 'x'.repeat(70_000) },
    ]) {
      expect((await sendSms(body)).status).toBe(400);
    }
    expect(sms.messages).toEqual([]);
  });

  it('refuses, cuts and hangs as told', async () => {
    sms.decide = () => ({ status: 500, body: { code: 'BUSY' } });
    expect((await sendSms(message)).status).toBe(500);
    sms.decide = () => 'hang';
    await expect(sendSms(message)).rejects.toMatchObject({ name: 'TimeoutError' });
    expect(sms.messages).toEqual([]);
    sms.decide = () => 'cut';
    await expect(sendSms(message)).rejects.toThrow('fetch failed');
    expect(sms.messages).toHaveLength(1);
  });
});

describe('the pages', () => {
  let pages: RecorderPages;
  beforeEach(async () => {
    pages = await RecorderPages.start(mail, sms);
  });
  afterEach(() => pages.close());

  const asBrowser = { headers: { accept: 'text/html' } };

  it('show the messages to a browser, as text and never as markup', async () => {
    await Promise.all([sendMail(), sendSms(message)]);
    const page = await (await fetch(pages.url, asBrowser)).text();
    expect(page).toContain('红灯：&#60;b&#62;2 件');
    expect(page).toContain(message.text);
    expect(page).toContain(`${message.text.length} 字`);
    expect(page).not.toContain('<script>');
    expect(await (await fetch(`${pages.url}/sms`, asBrowser)).text()).not.toContain('红灯');

    const body = await fetch(`${pages.url}/mails/0/html`);
    expect(await body.text()).toContain('<h1>已逾期</h1>');
    expect(body.headers.get('content-security-policy')).toMatch(/^sandbox; default-src 'none'/);
  });

  it('give the messages to a script as JSON, the newest first', async () => {
    for (const outId of ['m-1', 'm-2']) await sendSms({ ...message, outId });
    const answer: unknown = await (await fetch(`${pages.url}/sms`)).json();
    expect(answer).toMatchObject({ items: [{ outId: 'm-2' }, { outId: 'm-1' }], total: 2 });
    expect(await (await fetch(`${pages.url}/mails`)).json()).toEqual({ items: [], total: 0 });
  });

  it('answer to this machine by its own names only', async () => {
    const [response] = await once(get(pages.url, { headers: { host: 'elsewhere.example' } }), 'response');
    response.resume();
    expect(response.statusCode).toBe(403);
    expect((await fetch(`${pages.url}/mails/7/html`)).status).toBe(404);
    expect((await fetch(`${pages.url}/nothing`)).status).toBe(404);
  });
});
