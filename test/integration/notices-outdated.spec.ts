import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { SubjectRef } from '../../src/cases/subject.js';
import type { Desk } from '../support/lifecycle-world.js';
import { both, EVENING, MORNING, NEXT_MORNING, NoticeWorld } from '../support/notice-world.js';

let world: NoticeWorld;
let lead: Desk;
let helper: Desk;
let other: Desk;

beforeAll(async () => {
  world = await NoticeWorld.open();
  lead = await world.office('甲');
  helper = await world.office('乙');
  other = await world.office('丙');
});
afterAll(() => world.close());
beforeEach(() => world.at(MORNING));
afterEach(() => world.clear());

describe('what holds no longer', () => {
  const endings: Array<[string, (ref: SubjectRef) => Promise<unknown>]> = [
    [
      'is returned',
      (ref) => world.cases.work.giveBack.run(lead.actor, ref, { ground: 'other', reason: '不属于' }),
    ],
    ['is terminated', (ref) => world.cases.closure.terminate.run(world.taskForce, ref, { ground: 'merged' })],
    [
      'is closed',
      async (ref) => {
        await world.cases.work.acknowledge.run(lead.actor, ref, {});
        await world.closed(ref, lead);
      },
    ],
  ];

  it.each(endings)('is not recorded any more when it %s', async (_how, end) => {
    world.at(EVENING);
    await end(await world.assigned(lead));
    world.at(NEXT_MORNING);
    await world.sweepAndSend();
    expect((await world.news()).filter((line) => line.startsWith('assigned'))).toEqual([]);
  });

  it.each(endings)('is not sent any more when it %s', async (_how, end) => {
    const ref = await world.assigned(lead);
    await world.sweep();
    await end(ref);
    expect(await world.news()).toEqual([
      ...both('assigned 甲承办', 'suppressed NO_LONGER_TRUE'),
      ...both('assigned 甲联络', 'suppressed NO_LONGER_TRUE'),
    ]);
    await world.send();
    expect(world.delivery.mail.mails).toEqual([]);
  });

  it('is looked at again when its message is claimed', async () => {
    const ref = await world.assigned(lead);
    await world.sweep();
    // As a sweep leaves it that was recording when the change was made: not in that change's snapshot.
    await world.cases.query('UPDATE notices SET is_current = false WHERE subject_id = $1', [ref.id]);
    await world.send();
    expect(await world.news()).toEqual([
      ...both('assigned 甲承办', 'suppressed NO_LONGER_TRUE'),
      ...both('assigned 甲联络', 'suppressed NO_LONGER_TRUE'),
    ]);
  });

  it('leaves a co-handler alone who has given the opinion, and nobody else', async () => {
    const ref = await world.assigned(lead, [{ departmentId: helper.departmentId }]);
    await world.sweep();
    const [coHandler] = await world.cases.query<{ id: string }>(
      `SELECT h.id FROM co_handlers h JOIN assignments a ON a.id = h.assignment_id WHERE a.case_id = $1`,
      [ref.id],
    );
    const client = await helper.client();
    const given = await client.post(`/co-handlers/${coHandler?.id}/opinion`, { opinion: '同意' });
    expect(given.status).toBe(200);
    await world.send();
    expect(await world.news()).toEqual([
      ...both('assigned 甲承办'),
      ...both('assigned 甲联络'),
      ...both('co_handling 乙联络', 'suppressed NO_LONGER_TRUE'),
    ]);
  });

  it.each([
    ['nobody has looked up yet whom to tell', EVENING],
    ['nothing has been sent yet', MORNING],
  ])('goes to co-handlers all the same when another leads before %s', async (_when, moment) => {
    world.at(moment);
    const ref = await world.assigned(lead, [{ departmentId: helper.departmentId }]);
    await world.sweep();
    const reassign = (to: Desk) =>
      world.cases.work.reassign.run(world.taskForce, ref, {
        departmentId: to.departmentId,
        officialId: to.officialId,
        reason: '职责调整',
      });
    await reassign(other);
    await world.sweep();
    await reassign(lead);
    world.at(NEXT_MORNING);
    await world.sweepAndSend();
    expect((await world.news()).filter((line) => line.endsWith('sent'))).toEqual([
      ...both('assigned 甲承办'),
      ...both('assigned 甲联络'),
      ...both('co_handling 乙联络'),
    ]);
  });

  it('is not sent again by hand', async () => {
    const ref = await world.assigned(lead);
    world.delivery.mail.decide = ({ stage }) =>
      stage === 'recipient' ? { code: 550, text: 'no' } : 'accept';
    await world.sweepAndSend();
    const [failed] = await world.cases.query<{ id: string }>(
      `SELECT d.id FROM deliveries d JOIN notices n ON n.id = d.notice_id
        WHERE n.subject_id = $1 AND d.status = 'failed'`,
      [ref.id],
    );
    const office = await world.cases.app.as('task_force');
    const retry = () => office.post<{ code?: string }>(`/deliveries/${failed?.id}/retry`);
    expect(await retry()).toMatchObject({
      status: 200,
      body: { reminder: null, notice: { kind: 'assigned' } },
    });
    await world.send();
    await world.cases.closure.terminate.run(world.taskForce, ref, { ground: 'merged' });
    expect(await retry()).toMatchObject({ status: 409, body: { code: 'NOTICE_OUTDATED' } });
  });

  it('is not what a ledger says to be closed, either: it is told by its clocks alone', async () => {
    const ref = await world.assigned(lead);
    await world.sweep();
    await world.reminders.transactions.run(async (tx) => {
      await tx.query('UPDATE assignments SET ended_at = now(), end_reason = $2 WHERE case_id = $1', [
        ref.id,
        'resolved',
      ]);
      await world.changes.announce(tx, [{ subjectId: ref.id, caseId: ref.id, problemId: null, clocks: [] }]);
    });
    expect((await world.news()).filter((line) => line.endsWith('suppressed NO_LONGER_TRUE'))).toHaveLength(4);
  });
});

describe('people', () => {
  it('who have left meanwhile get nothing', async () => {
    const desk = await world.office('己', []);
    await world.assigned(desk);
    await world.sweep();
    await world.cases.query('UPDATE officials SET is_active = false WHERE id = $1', [desk.officialId]);
    await world.send();
    expect(await world.news()).toEqual([
      ...both('assigned 专班'),
      ...both('assigned 己承办', 'suppressed RECIPIENT_INACTIVE'),
    ]);
  });

  it('who hand over what they answer for hand over what they have not been told, to who takes it', async () => {
    const desk = await world.office('庚', []);
    const { make, app } = world.cases;
    const { id: successor } = await make.official({ id: desk.departmentId }, { name: '庚接任' });
    const { id: rest } = await make.official({ id: desk.departmentId }, { name: '庚其他' });
    const ref = await world.assigned(desk);
    await world.sweep();
    const office = await app.as('task_force');
    const answer = await office.post(`/officials/${desk.officialId}/handover`, {
      to: [{ officialId: successor, caseIds: [ref.id] }, { officialId: rest }],
    });
    expect(answer).toMatchObject({ status: 200, body: { counts: { deliveries: 2 } } });
    await world.sweepAndSend();
    expect(await world.news()).toEqual([...both('assigned 专班'), ...both('assigned 庚接任')]);
  });
});
