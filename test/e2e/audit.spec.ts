import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client as Database } from 'pg';
import { tmpdir } from 'node:os';
import { BY_SYSTEM } from '../../src/access/security-trail.js';
import { DailyAnchor } from '../../src/audit/anchors/daily-anchor.js';
import type { AnchorView, AuditEventView, VerificationView } from '../../src/audit/audit.dto.js';
import { VerifyTrail } from '../../src/audit/verify/verify-trail.js';
import { verifyAudit } from '../../src/commands/verify-audit.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import type { Page } from '../../src/platform/http/paging.js';
import { Tasks } from '../../src/platform/queue/tasks.js';
import { RegisterFactory } from '../factories/register.js';
import { FakeClock } from '../support/fake-clock.js';
import { runCommand } from '../support/run-command.js';
import { Client, createTestApp, type TestApp } from '../support/test-app.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';
import { tampered } from '../support/tampering.js';

const NOWHERE = '0193a1b2-0000-7000-8000-000000000001';
const spanOf = (from: string, to: string): string => `from=${from}T00:00:00Z&to=${to}T00:00:00Z`;
const SPANS = {
  longest: spanOf('2026-11-01', '2027-02-01'),
  tooLong: spanOf('2026-11-01', '2027-02-02'),
};

describe('the auditor', () => {
  const clock = new FakeClock(new Date('2026-11-20T10:00:00+08:00'));
  let world: TestApp;
  let make: RegisterFactory;
  let caseId: string;

  beforeAll(async () => {
    world = await createTestApp({ clock });
    make = new RegisterFactory(world.database.dataSource);
    caseId = await report();
    await world.as('county');
  });
  afterAll(() => world.close());

  async function report(): Promise<string> {
    const office = await world.as('task_force');
    const { id: enterpriseId } = await make.enterprise();
    const { body } = await office.post<{ id: string }>('/cases', { enterpriseId, distressType: 'stalled' });
    return body.id;
  }

  async function everyPage(auditor: Client, path: string): Promise<AuditEventView[]> {
    const items: AuditEventView[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const { body }: { body: Page<AuditEventView> } = await auditor.get(
        `${path}&limit=2${cursor === '' ? '' : `&cursor=${cursor}`}`,
      );
      items.push(...body.items);
      cursor = body.nextCursor;
    }
    return items;
  }

  it('reads the trail page by page, the last first, and by type, actor, subject and time', async () => {
    const auditor = await world.as('auditor');
    const all = await everyPage(auditor, '/audit/events?ledger=trail');
    const numbers = all.map(({ sequence }) => sequence);
    expect(numbers).toEqual(numbers.toSorted((one, other) => other - one));
    expect(numbers.at(-1)).toBe(1);
    const [signedIn] = all.filter(({ type }) => type === 'signed_in');
    expect(signedIn).toMatchObject({
      ledger: 'trail',
      chainId: null,
      address: '127.0.0.1',
      actor: { kind: 'account' },
      subject: { kind: 'account' },
    });
    const ids = async (query: string): Promise<string[]> =>
      (await everyPage(auditor, `/audit/events?${query}`)).map(({ id }) => id);
    const expected = (keep: (event: AuditEventView) => boolean): string[] =>
      all.filter((event) => keep(event)).map(({ id }) => id);
    const who = signedIn?.actor.id;
    expect(await ids('type=account_created&type=signed_out')).toEqual(
      expected(({ type }) => type === 'account_created' || type === 'signed_out'),
    );
    expect(await ids(`actorId=${who}`)).toEqual(expected(({ actor }) => actor.id === who));
    expect(await ids(`subjectId=${who}`)).toEqual(expected(({ subject }) => subject?.id === who));
    const later = encodeURIComponent('2026-11-20T10:00:01+08:00');
    expect(await ids(`from=${later}`)).toEqual([]);
    expect(await ids(`to=${later}`)).toEqual(all.map(({ id }) => id));
    const day = spanOf('2026-11-20', '2026-11-21');
    const { body } = await auditor.get<Page<AuditEventView>>(`/audit/events?limit=1&count=exact&${day}`);
    expect(body.total).toBe(all.length);
  });

  it('reads events of cases, by who and what only within bounds', async () => {
    const auditor = await world.as('auditor');
    const [event] = await everyPage(auditor, `/audit/events?ledger=cases&subjectId=${caseId}&type=reported`);
    expect(event).toMatchObject({
      ledger: 'cases',
      chainId: caseId,
      sequence: 1,
      type: 'reported',
      subject: { kind: 'case', id: caseId },
      algorithm: 'sha256',
    });
    expect(event?.hash).toMatch(/^[\da-f]{64}$/);
    const bounded = await everyPage(auditor, `/audit/events?ledger=cases&type=reported&${SPANS.longest}`);
    expect(bounded.map(({ id }) => id)).toContain(event?.id);
    expect((await everyPage(auditor, '/audit/events?ledger=cases')).map(({ id }) => id)).toContain(event?.id);
    for (const day of ['2026-13-40', '2026-11-31'])
      expect((await auditor.get(`/audit/events?from=${day}T00:00:00Z`)).body['code']).toBe(
        'VALIDATION_FAILED',
      );
  });

  it.each([
    ['ledger=cases&type=reported'],
    [`ledger=cases&actorId=${NOWHERE}`],
    ['ledger=cases&count=exact'],
    ['count=exact'],
  ])('searches %s within 92 days only, unless of one subject', async (query) => {
    const auditor = await world.as('auditor');
    const ask = async (bounds: string): Promise<unknown[]> => {
      const { status, body } = await auditor.get(`/audit/events?${query}&${bounds}`);
      return [status, body['code']];
    };
    const { longest, tooLong } = SPANS;
    for (const bounds of ['', ...longest.split('&'), 'from=1970-01-01T00:00:00Z', tooLong])
      expect(await ask(bounds)).toEqual([400, 'AUDIT_RANGE_REQUIRED']);
    for (const bounds of [longest, `subjectId=${caseId}`])
      expect(await ask(bounds)).toEqual([200, undefined]);
  });

  it('is told by the API what was done to the trail, in words', async () => {
    const auditor = await world.as('auditor');
    const intact = await auditor.get<VerificationView>('/audit/verify', { 'accept-language': 'en' });
    expect(intact.body).toMatchObject({ isIntact: true, faultCount: 0, faults: [] });
    expect(intact.body.events).toBeGreaterThan(0);
    const look = (query: string): Promise<{ body: VerificationView }> =>
      tampered(
        world.database,
        (database) => database.query(`UPDATE case_events SET type = 'claimed' WHERE chain_id = $1`, [caseId]),
        () => auditor.get<VerificationView>(`/audit/verify${query}`, { 'accept-language': 'en' }),
      );
    for (const query of ['', `?chain=${caseId}`]) {
      const { body } = await look(query);
      expect(body.isIntact).toBe(false);
      expect(body.faults).toMatchObject([
        {
          ledger: 'cases',
          chainId: caseId,
          sequence: 1,
          kind: 'changed',
          detail: 'Event 1 is not what was recorded.',
        },
      ]);
    }
    expect((await auditor.get(`/audit/verify?chain=${NOWHERE}`)).status).toBe(404);
    const { body } = await auditor.get<Page<AuditEventView>>('/audit/events?type=trail_verified');
    // Whoever put back what was tampered with put this back as well.
    expect(body.items.map(({ payload }) => payload['isIntact'])).toEqual([true]);
  });

  it('has one verification at a time', async () => {
    const auditor = await world.as('auditor');
    await world.app.get(Transactions).run(async (tx) => {
      // As a verification in another process holds it.
      await tx.query('SELECT pg_advisory_xact_lock(7264031)');
      const refused = await auditor.get('/audit/verify');
      expect([refused.status, refused.body['code']]).toEqual([409, 'VERIFICATION_RUNNING']);
    });
    expect((await auditor.get('/audit/verify')).status).toBe(200);
  });

  describe('has daily anchors', () => {
    const anchors = async (): Promise<AnchorView[]> =>
      (await (await world.as('auditor')).get<Page<AnchorView>>('/audit/anchors')).body.items;
    const run = () => world.app.get(DailyAnchor).run();

    it('made by a task of the worker, once a day, not before the day is settled', async () => {
      expect(
        world.app
          .get(Tasks)
          .repeated()
          .map(([name]) => name),
      ).toContain('anchor-chains');
      clock.set('2026-11-21T00:05:00+08:00');
      expect(await run()).toBe(false);
      clock.set('2026-11-21T00:11:00+08:00');
      await world.app.get(Transactions).run(async (tx) => {
        await tx.query('SELECT 1');
        // What it writes may be recorded at its beginning, which to this clock is a quarter of an hour ago.
        clock.set('2026-11-21T00:10:00+08:00');
        expect(await run()).toBe(false);
      });
      clock.set('2026-11-21T00:11:00+08:00');
      const made = await Promise.all([run(), run(), run()]);
      expect(made.filter(Boolean)).toHaveLength(1);
      expect(await run()).toBe(false);
      const [anchor, ...others] = await anchors();
      expect(others).toEqual([]);
      expect(anchor).toMatchObject({ anchoredOn: '2026-11-20', chains: 1, algorithm: 'sha256' });
      expect(new Date(anchor?.until ?? 0)).toEqual(new Date('2026-11-21T00:00:00+08:00'));
    });

    it('of which one covers all days of an outage', async () => {
      await report();
      clock.set('2026-11-25T09:00:00+08:00');
      expect(await run()).toBe(true);
      const [last] = await anchors();
      expect(last).toMatchObject({ anchoredOn: '2026-11-24', chains: 2 });
      const found = await world.app.get(VerifyTrail).all(BY_SYSTEM);
      expect([found.faults, found.anchors]).toEqual([[], 2]);
    });
  });

  it('may have it verified by a command, which names each fault and ends with 1', async () => {
    const verify = () => runCommand(world, tmpdir(), verifyAudit);
    expect(await verify()).toMatchObject({
      code: 0,
      said: expect.stringMatching(/2 anchors: intact\.\n0 issues of the bulletin with 0 files: intact\.\n$/),
    });
    const broken = await tampered(
      world.database,
      (database) => database.query('DELETE FROM case_events WHERE chain_id = $1', [caseId]),
      verify,
    );
    expect(broken.code).toBe(1);
    expect(broken.said).toContain(`chain_missing        cases ${caseId}`);
    expect(broken.said).toContain('anchor_differs');
  });
});

describe('the application’s role', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());

  const asApplication = async (sql: string): Promise<void> => {
    const client = new Database({ connectionString: database.url });
    await client.connect();
    try {
      await client.query(sql);
    } finally {
      await client.end();
    }
  };

  it.each(
    [
      ['case_events', 'type'],
      ['audit_events', 'type'],
      ['chain_anchors', 'events'],
    ].flatMap(([table, column]) => [
      `UPDATE ${table} SET ${column} = ${column}`,
      `DELETE FROM ${table}`,
      `TRUNCATE ${table}`,
      `ALTER TABLE ${table} DISABLE TRIGGER ALL`,
      `ALTER TABLE ${table} DISABLE TRIGGER ${table}_append_only`,
      `DROP TRIGGER ${table}_append_only ON ${table}`,
      `DROP TABLE ${table}`,
      `GRANT DELETE ON ${table} TO PUBLIC`,
    ]),
  )('cannot %s', async (statement) => {
    // A grant that gives nothing is a warning, and the right is not there afterwards.
    const [, table] = /(?:UPDATE|FROM|TRUNCATE|TABLE|ON) (\w+_\w+)/.exec(statement) ?? [];
    if (statement.startsWith('GRANT')) {
      await asApplication(statement).catch(() => undefined);
      await expect(asApplication(`DELETE FROM ${table}`)).rejects.toMatchObject({ code: '42501' });
    } else await expect(asApplication(statement)).rejects.toMatchObject({ code: '42501' });
  });

  it.each([
    'SET session_replication_role = replica',
    'CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE sql AS $$ $$',
  ])('cannot %s either', (statement) =>
    expect(asApplication(statement)).rejects.toMatchObject({ code: '42501' }),
  );
});

describe('the rights of the application’s role', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());

  // The trigger would refuse as well: this is about who may try at all.
  it.each(['case_events', 'audit_events', 'chain_anchors'])('on %s are to read and to add', async (table) => {
    const rights = ['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'TRIGGER', 'REFERENCES'];
    const rows = await database.dataSource.query<Array<{ of: string }>>(
      `SELECT right_of AS of FROM unnest($2::text[]) right_of WHERE has_table_privilege($1, right_of)`,
      [table, rights],
    );
    expect(rows.map(({ of }) => of)).toEqual(['SELECT', 'INSERT']);
  });
});

describe('the owner of the tables, unawares', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());

  it.each(['case_events', 'audit_events', 'chain_anchors'])('cannot change %s', async (table) => {
    const client = new Database({ connectionString: database.ownerUrl });
    await client.connect();
    try {
      await expect(client.query(`DELETE FROM ${table}`)).rejects.toThrow('append-only');
      await expect(client.query(`TRUNCATE ${table}`)).rejects.toThrow('append-only');
    } finally {
      await client.end();
    }
  });
});
