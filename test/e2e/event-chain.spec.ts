import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createReadStream } from 'node:fs';
import { type HashedEvent, eventHash } from '../../src/cases/event-hash.js';
import type { CaseView } from '../../src/cases/views/case-view.js';
import { ImportsService } from '../../src/intake/imports.service.js';
import { camelRow } from '../../src/platform/database/rows.js';
import { RegisterFactory } from '../factories/register.js';
import { createTestApp, type TestApp } from '../support/test-app.js';

type StoredEvent = HashedEvent & { hash: Buffer };

describe('the chains of events', () => {
  let world: TestApp;

  beforeAll(async () => {
    world = await createTestApp();
    await world.app.get(ImportsService).runNow({
      fileName: 'ledger.xlsx',
      content: createReadStream('examples/ledger-2021-11.xlsx'),
      mode: 'commit',
      onError: 'keep_valid',
      createdBy: null,
    });
    await liveALittle();
  });
  afterAll(() => world.close());

  /** Events by people beside those of the ledger, with texts that JSON spells in more ways than one. */
  async function liveALittle(): Promise<void> {
    const make = new RegisterFactory(world.database.dataSource);
    const department = await make.department('市工信局（测试）');
    const official = await make.official(department);
    const account = await make.account('department', { departmentId: department.id });
    const lead = await world.signIn(account.username, account.password);
    const office = await world.as('task_force');
    const { id: enterpriseId } = await make.enterprise();
    const { body } = await office.post<CaseView>('/cases', { enterpriseId, distressType: 'stalled' });
    const path = `/cases/${body.id}`;
    const note = '“收到”\\ \u2028 \u007f é e\u0301 😀 \t';
    await office.patch(path, { note }, { 'if-match': '"1"' });
    await office.post(`${path}/assign`, {
      departmentId: department.id,
      officialId: official.id,
      dueOn: '2027-03-01',
    });
    await lead.post(`${path}/acknowledge`, { note });
    await lead.upload(`${path}/files`, { kind: 'photo', source: 'grid' }, new Blob(['x']), 'x.txt');
    const closure = { outcome: 'explained', statement: note, evidenceFileIds: [] };
    await lead.post(`${path}/request-closure`, closure);
    const sentBack = await office.post<CaseView>(`${path}/send-back`, { reason: note });
    expect(sentBack.body.status).toBe('in_progress');
  }

  const chains = async (): Promise<Map<string, StoredEvent[]>> => {
    const rows = await world.database.dataSource.query<Array<Record<string, unknown>>>(
      'SELECT * FROM case_events ORDER BY chain_id, sequence',
    );
    const found = new Map<string, StoredEvent[]>();
    for (const row of rows) {
      const event = camelRow<StoredEvent>(row);
      found.set(event.chainId, [...(found.get(event.chainId) ?? []), event]);
    }
    return found;
  };

  it('hash to what was written, from what the database gives back', async () => {
    const all = await chains();
    expect(all.size).toBe(235);
    for (const events of all.values()) {
      let previous: Buffer | null = null;
      for (const [place, { hash, ...event }] of events.entries()) {
        expect(event.sequence).toBe(place + 1);
        previous = eventHash(previous, event);
        expect([event.type, hash.toString('hex')]).toEqual([event.type, previous.toString('hex')]);
      }
    }
  });

  it('hash to something else once an event is changed', async () => {
    const [[first] = []] = (await chains()).values();
    if (first === undefined) throw new Error('no event');
    const { hash, ...event } = first;
    const changes: Array<Partial<HashedEvent>> = [
      { effectiveAt: new Date(event.effectiveAt.getTime() + 1) },
      { actorId: null },
      { algorithm: 'sm3' },
      { type: 'claimed' },
      { payload: { ...event.payload, number: 'AK-2021-000001x' } },
    ];
    for (const change of changes) expect(eventHash(null, { ...event, ...change }).equals(hash)).toBe(false);
  });

  it('say of each case and problem what happened in its order, and never before it was known', async () => {
    const broken = await world.database.dataSource.query(
      `SELECT * FROM (
         SELECT *, lag(effective_at) OVER (PARTITION BY subject_id ORDER BY sequence) AS before FROM case_events) e
        WHERE effective_at < before OR recorded_at < effective_at OR recorded_at > now()`,
    );
    expect(broken).toEqual([]);
  });
});
