import { describe, expect } from '@jest/globals';
import type { MailMoment, MailVerdict } from '../../src/local/mail-recorder.js';
import { brokenOf, inWords, report, SENDING } from './outcomes.js';
import { eachRound } from './rounds.js';
import { sendingInvariants } from './sending-invariants.js';
import { Stage } from './stage.js';

const CASES = 60;

/** What becomes of a recipient, and how its message must end: after how many attempts, and as what. */
const FATES = [
  { verdict: 'accept', status: 'sent', attempts: 1 },
  { verdict: { code: 550, text: 'no such user' }, status: 'failed', attempts: 1 },
  { verdict: { code: 450, text: 'mailbox busy' }, status: 'sent', attempts: 2 },
] as const;

interface MessageRow {
  officialId: string;
  status: string;
  attempts: number;
}

/** A message has one recipient: what a server refuses some of are the messages that follow one another. */
describe('a mail server that refuses some of its recipients', () => {
  eachRound('some-refused', async ({ name, random }) => {
    const stage = await Stage.open();
    try {
      await stage.due.add(CASES, random);
      const people = random.shuffled(await stage.world.people());
      const fates = new Map(
        people.map(({ email }, place) => [email, FATES[place % FATES.length] ?? FATES[0]]),
      );
      const refused = new Set<string>();
      let connections = 0;
      const mail = (moment: MailMoment): MailVerdict => {
        if (moment.stage === 'connect') connections += 1;
        if (moment.stage !== 'recipient' || refused.has(moment.address)) return 'accept';
        refused.add(moment.address);
        return fates.get(moment.address)?.verdict ?? 'accept';
      };
      const { child, receivers } = await stage.startWorker();
      receivers.misbehave(mail, () => 'accept');
      await child.url;
      const startedAt = performance.now();
      await stage.ring();
      await stage.quiet();

      const { statuses, broken: brokenSending } = await sendingInvariants(stage);
      const messages = await stage.world.query<MessageRow>(
        `SELECT official_id AS "officialId", status, attempts FROM messages WHERE channel = 'email'`,
      );
      const misjudged = messages.flatMap(({ officialId, status, attempts }) => {
        const { email = '' } = people.find(({ id }) => id === officialId) ?? {};
        const fate = fates.get(email);
        const isAsMeant = fate?.status === status && fate.attempts === attempts;
        return isAsMeant ? [] : [`${email} ${status} after ${attempts}`];
      });
      const broken = { ...brokenSending, ...brokenOf({ hurt: misjudged }) };
      report({
        round: name,
        fault: 'every third recipient refused for good, every third for now, one after the other',
        kills: 0,
        tookMs: performance.now() - startedAt,
        outcome: `${inWords(statuses)}; ${messages.length} mails over ${connections} connections`,
        looked: SENDING,
        broken,
      });
      expect(broken).toEqual({});
    } finally {
      await stage.close();
    }
  });
});
