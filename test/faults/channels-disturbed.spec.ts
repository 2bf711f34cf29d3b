import { describe, expect } from '@jest/globals';
import { ChannelFaults } from './channel-faults.js';
import { inWords, report, SENDING } from './outcomes.js';
import { eachRound } from './rounds.js';
import { sendingInvariants } from './sending-invariants.js';
import { Stage } from './stage.js';

const CASES = 40;

interface MessageRow {
  channel: string;
  officialId: string;
  status: string;
}

describe('a mail server and a gateway that refuse, hang and break off', () => {
  eachRound('channels-disturbed', async ({ name, random }) => {
    const stage = await Stage.open();
    try {
      await stage.due.add(CASES, random);
      const people = await stage.world.people();
      const faults = new ChannelFaults(people, random);
      const startedAt = performance.now();
      const { child, receivers } = await stage.startWorker();
      faults.arrange(receivers);
      await child.url;
      await stage.ring();
      await stage.quiet();
      const tookMs = performance.now() - startedAt;
      const { statuses, broken } = await sendingInvariants(stage);
      const messages = await stage.world.query<MessageRow>(
        'SELECT channel, status, official_id AS "officialId" FROM messages',
      );
      const addressOf = ({ channel, officialId }: MessageRow): string => {
        const person = people.find(({ id }) => id === officialId);
        return (channel === 'email' ? person?.email : person?.mobile) ?? '';
      };
      const misjudged = messages
        .map((message) => ({ ...message, address: addressOf(message) }))
        .filter(({ address, status }) => status !== faults.expected(address).status)
        .map(({ address, status }) => `${faults.expected(address).name}: ${status}`);
      report({
        round: name,
        fault: 'SMTP 421, 45x, 55x, cut, hang at RCPT and DATA; SMS 4xx, 5xx, unreadable, cut, hang',
        kills: 0,
        tookMs,
        outcome: inWords(statuses),
        looked: SENDING,
        broken,
      });
      expect(broken).toEqual({});
      expect(misjudged).toEqual([]);

      await resendUnknown(stage);
      const { broken: withoutRestraint } = await sendingInvariants(stage);
      expect(Object.keys(withoutRestraint)).toEqual(['I3']);
    } finally {
      await stage.close();
    }
  });
});

/** What a product would do that blindly repeats what it does not know: the invariants must see it. */
async function resendUnknown(stage: Stage): Promise<void> {
  await stage.world.query(
    `WITH again AS (
       UPDATE messages SET status = 'pending', next_attempt_at = $1 WHERE status = 'unknown' RETURNING id
     )
     UPDATE deliveries SET status = 'pending', reason = NULL FROM again WHERE message_id = again.id`,
    [stage.now()],
  );
  await stage.ring();
  await stage.quiet();
}
