import { describe, expect } from '@jest/globals';
import { createHmac } from 'node:crypto';
import type { RecordedSms, SmsVerdict } from '../../src/local/sms-recorder.js';
import { brokenOf, inWords, report, SENDING } from './outcomes.js';
import { patiently } from './patiently.js';
import { eachRound } from './rounds.js';
import { sendingInvariants } from './sending-invariants.js';
import { Stage } from './stage.js';

const CASES = 40;
const SECRET = 'only-for-tests'.repeat(3);
const HOUR_S = 3_600;

type Said = 'delivered' | 'failed';

/** What a gateway does with an SMS and what it says of it later, in this order; how the message must end. */
const FATES: ReadonlyArray<{ verdict: SmsVerdict; receipts: readonly Said[]; status: string }> = [
  { verdict: 'accept', receipts: ['delivered'], status: 'delivered' },
  { verdict: 'accept', receipts: ['delivered', 'delivered'], status: 'delivered' },
  { verdict: 'accept', receipts: ['failed', 'failed'], status: 'failed' },
  { verdict: 'accept', receipts: ['failed', 'delivered'], status: 'delivered' },
  { verdict: 'accept', receipts: ['delivered', 'failed'], status: 'delivered' },
  { verdict: { status: 500, isTaken: true }, receipts: ['delivered'], status: 'delivered' },
  { verdict: 'cut', receipts: [], status: 'unknown' },
  // Only forged ones come of it.
  { verdict: 'accept', receipts: [], status: 'sent' },
];

describe('receipts of SMS that come twice, out of order and forged', () => {
  eachRound('sms-receipts', async ({ name, random }) => {
    const stage = await Stage.open({ environment: () => ({ SMS_RECEIPT_SECRET: SECRET }) });
    try {
      await stage.due.add(CASES, random);
      const people = random.shuffled(await stage.world.people());
      const fates = new Map(
        people.map(({ mobile }, place) => [mobile, FATES[place % FATES.length] ?? FATES[0]]),
      );
      const [api, { child, receivers }] = [stage.startApi(), await stage.startWorker()];
      const [url] = await Promise.all([api.url, child.url]);
      const answers: Array<{ wanted: number; status: number }> = [];
      const pushes: Promise<void>[] = [];
      const push = async (sms: RecordedSms, status: Said, forgery: Forgery = {}): Promise<void> => {
        const response = await fetch(
          `${url}/api/v1/sms/receipts/http`,
          pushed(sms, status, stage.now(), forgery),
        );
        answers.push({ wanted: Object.keys(forgery).length === 0 ? 200 : 401, status: response.status });
        await response.text();
      };
      const pushAll = async (sms: RecordedSms, receipts: readonly Said[]): Promise<void> => {
        await push(sms, 'failed', { secret: `${SECRET}!` });
        await push(sms, 'delivered', { ageS: HOUR_S });
        for (const said of receipts) await push(sms, said);
        await push(sms, 'failed', { signature: 'v1=' });
      };
      // They come while it is still being sent: before or after its answer is written down.
      const sms = (message: RecordedSms): SmsVerdict => {
        const fate = fates.get(message.to);
        if (fate?.status === 'failed') stage.undelivered.add(message.outId);
        pushes.push(pushAll(message, fate?.receipts ?? []));
        return fate?.verdict ?? 'accept';
      };
      receivers.misbehave(() => 'accept', sms);
      const startedAt = performance.now();
      await stage.ring();
      await stage.quiet();
      await patiently('the receipts', async () => (await Promise.all(pushes)).length === pushes.length);

      const { statuses, broken: brokenSending } = await sendingInvariants(stage);
      const messages = await stage.world.query<{ officialId: string; status: string; said: string }>(
        `SELECT official_id AS "officialId", status, concat_ws(' ', gateway_code, gateway_text) AS said FROM messages WHERE channel = 'sms'`,
      );
      const misjudged = messages.flatMap(({ officialId, status, said }) => {
        const { mobile = '' } = people.find(({ id }) => id === officialId) ?? {};
        const wanted = fates.get(mobile)?.status;
        return status === wanted ? [] : [`${status} (${said}), not ${wanted}`];
      });
      const broken = { ...brokenSending, ...brokenOf({ misjudged }) };
      const refused = answers.filter(({ status }) => status === 401).length;
      report({
        round: name,
        fault:
          'receipts before and after the answer, twice, delivered and failed in both orders, with a wrong, an old and no signature',
        kills: 0,
        tookMs: performance.now() - startedAt,
        outcome: `${inWords(statuses)}; ${answers.length - refused} receipts taken, ${refused} forged ones refused`,
        looked: SENDING,
        broken,
      });
      expect(broken).toEqual({});
      expect(answers.filter(({ wanted, status }) => wanted !== status)).toEqual([]);
    } finally {
      await stage.close();
    }
  });
});

interface Forgery {
  secret?: string;
  /** Signed so long ago. */
  ageS?: number;
  signature?: string;
}

/** What a gateway pushes. */
function pushed(sms: RecordedSms, status: Said, now: Date, forgery: Forgery): RequestInit {
  const { secret = SECRET, ageS = 0, signature } = forgery;
  const body = JSON.stringify({ outId: sms.outId, id: sms.id, status, code: status, at: now.toISOString() });
  const timestamp = String(Math.floor(now.getTime() / 1_000) - ageS);
  const right = `v1=${createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex')}`;
  return {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-shukun-timestamp': timestamp,
      'x-shukun-signature': signature ?? right,
    },
    body,
  };
}
