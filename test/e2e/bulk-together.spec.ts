import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { BulkView } from '../../src/cases/bulk/bulk.dto.js';
import type { HandoverView } from '../../src/cases/handover/handover.dto.js';
import { asOwner } from '../support/as-owner.js';
import { LifecycleStory, refusal } from '../support/lifecycle-story.js';
import { untilWaiting, whileLocked } from '../support/outside-lock.js';
import type { Answer } from '../support/test-app.js';

describe('one action on many cases, and others at work', () => {
  let story: LifecycleStory;

  beforeAll(async () => {
    story = await LifecycleStory.open();
  });
  afterAll(() => story.world.close());

  const bulk = (body: object, key?: string): Promise<Answer<BulkView>> =>
    story.office.post<BulkView>('/cases/bulk', body, key === undefined ? {} : { 'idempotency-key': key });
  const reports = async (number: number): Promise<string[]> => {
    const ids: string[] = [];
    while (ids.length < number) ids.push((await story.reported('case')).id);
    return ids.toSorted();
  };
  const eventsOf = (id: string) => story.world.events({ kind: 'case', id });

  it.each([
    ['a deadlock', '40P01', '409 CONFLICT_CONCURRENT'],
    ['a time-out', '57014', '503 TOO_BUSY'],
    ['a fault of ours', 'P0001', '500 INTERNAL'],
  ])('with a key keeps nothing of what %s broke, and the repeat does it', async (_, state, expected) => {
    const { database } = story.world.app;
    const ids = await reports(2);
    const body = { action: 'assign', ids, body: story.body('assign') };
    await asOwner(
      database,
      `CREATE FUNCTION break_one() RETURNS trigger LANGUAGE plpgsql AS
         $$ BEGIN RAISE EXCEPTION 'broken' USING ERRCODE = '${state}'; END $$;
       CREATE TRIGGER break_one BEFORE INSERT ON case_events FOR EACH ROW
         WHEN (NEW.chain_id = '${ids[1]}') EXECUTE FUNCTION break_one()`,
    );
    const key = randomUUID();
    const broken = await bulk(body, key);
    // Without a key each case stands by itself, and the answer is not kept.
    const { body: single } = await bulk({ ...body, preview: true });
    await asOwner(database, 'DROP TRIGGER break_one ON case_events; DROP FUNCTION break_one()');
    expect(refusal(broken)).toBe(expected);
    expect(single.items.map(({ status, code = '' }) => `${status} ${code}`.trim())).toEqual([
      '200',
      expected,
    ]);
    for (const id of ids) expect(await eventsOf(id)).toHaveLength(1);
    const again = await bulk(body, key);
    expect([again.headers.get('idempotency-replayed'), again.body.done]).toEqual([null, 2]);
  });

  it('waits for no handover that waits for it', async () => {
    const { world, desks } = story;
    const { departmentId } = desks.lead;
    const department = { id: departmentId };
    const [leaving, successor] = [
      await world.make.official(department),
      await world.make.official(department),
    ];
    const ids = await reports(4);
    const [first, second, ...held] = ids;
    for (const id of [first, second])
      await story.done(story.office, { kind: 'case', id: id ?? '' }, 'assign', story.body('assign'));
    for (const id of held) {
      const body = { departmentId, officialId: leaving.id, complexity: 'simple' };
      await story.done(story.office, { kind: 'case', id }, 'assign', body);
    }
    const reassign = { departmentId, officialId: successor.id, reason: '人员调整' };
    let many: Promise<Answer<BulkView>> | undefined;
    let handover: Promise<Answer<HandoverView>> | undefined;
    // The bulk comes to the successor first, with whatever it has locked by then.
    await whileLocked(world, 'SELECT 1 FROM officials WHERE id = $1 FOR UPDATE', [successor.id], async () => {
      many = bulk({ action: 'reassign', ids, body: reassign }, randomUUID());
      await untilWaiting(world, 1);
      const to = [{ officialId: successor.id }];
      handover = story.colleague.post<HandoverView>(`/officials/${leaving.id}/handover`, { to });
      await untilWaiting(world, 2);
    });
    const done = await many;
    expect([done?.status, done?.body.done]).toEqual([200, 4]);
    const after = await handover;
    expect([after?.status, after?.body.counts.cases]).toEqual([200, 0]);
  });

  it('previewed keeps nobody from the cases it has looked at', async () => {
    const [first = '', second = '', last = ''] = await reports(3);
    const body = { action: 'assign', ids: [first, second, last], body: story.body('assign'), preview: true };
    let preview: Promise<Answer<BulkView>> | undefined;
    await whileLocked(story.world, 'SELECT 1 FROM cases WHERE id = $1 FOR UPDATE', [second], async () => {
      preview = bulk(body);
      await untilWaiting(story.world, 1);
      const note = await story.colleague.post(`/cases/${first}/notes`, { text: '已约谈' });
      expect(note.status).toBe(201);
    });
    expect((await preview)?.body.done).toBe(3);
    expect((await eventsOf(first)).map(({ type }) => type)).toEqual(['reported', 'note_added']);
  });

  it('locks the enterprise of a closed case only for a reopening, and before the case', async () => {
    const ref = await story.resolved('case');
    const { enterpriseId } = await story.world.row<{ enterpriseId: string }>(ref);
    const lock = 'SELECT 1 FROM enterprises WHERE id = $1 FOR NO KEY UPDATE';
    let reopening: Promise<Answer<unknown>> | undefined;
    await whileLocked(story.world, lock, [enterpriseId], async () => {
      reopening = story.act(story.office, ref, 'reopen', story.body('reopen'));
      await untilWaiting(story.world, 1);
      const note = await story.colleague.post(`/cases/${ref.id}/notes`, { text: '回访' });
      expect(note.status).toBe(201);
    });
    expect((await reopening)?.status).toBe(200);
  });
});
