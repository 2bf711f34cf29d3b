import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Client as Database } from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { BY_SYSTEM } from '../../src/access/security-trail.js';
import { type Anchor, ANCHOR_COLUMNS, anchorHash } from '../../src/audit/anchors/chains-fold.js';
import { DailyAnchor } from '../../src/audit/anchors/daily-anchor.js';
import { auditEventHash, type HashedAuditEvent } from '../../src/audit/audit-event-hash.js';
import type { Fault } from '../../src/audit/verify/verification.js';
import { VerifyTrail } from '../../src/audit/verify/verify-trail.js';
import { eventHash, type HashedEvent } from '../../src/cases/event-hash.js';
import { AppConfig } from '../../src/platform/config/app-config.js';
import { camelRow } from '../../src/platform/database/rows.js';
import { RegisterFactory } from '../factories/register.js';
import { FakeClock } from '../support/fake-clock.js';
import { createTestApp, type TestApp } from '../support/test-app.js';
import { tampered } from '../support/tampering.js';

type StoredEvent = HashedEvent & { hash: Buffer };

describe('the trail, tampered with by a superuser', () => {
  const clock = new FakeClock(new Date('2026-11-20T10:00:00+08:00'));
  let world: TestApp;
  let make: RegisterFactory;
  /** Five events in two algorithms. */
  let longCase: string;
  let shortCase: string;

  beforeAll(async () => {
    world = await createTestApp({ clock });
    make = new RegisterFactory(world.database.dataSource);
    const config = world.app.get(AppConfig);
    shortCase = await caseWith(1);
    longCase = await caseWith(3);
    Object.assign(config, { eventHash: 'sm3' });
    await correct(longCase, 3, 4);
    clock.set('2026-11-21T00:15:00+08:00');
    expect(await world.app.get(DailyAnchor).run()).toBe(true);
    clock.set('2026-11-21T09:00:00+08:00');
    Object.assign(config, { eventHash: 'sha256' });
    await correct(longCase, 4, 5);
    await caseWith(2);
    clock.set('2026-11-22T00:15:00+08:00');
    expect(await world.app.get(DailyAnchor).run()).toBe(true);
    clock.set('2026-11-22T09:00:00+08:00');
    await caseWith(1);
  });
  afterAll(() => world.close());

  async function caseWith(events: number): Promise<string> {
    const office = await world.as('task_force');
    const { id: enterpriseId } = await make.enterprise();
    const { body } = await office.post<{ id: string }>('/cases', { enterpriseId, distressType: 'stalled' });
    await correct(body.id, 1, events);
    return body.id;
  }

  /** One event for each version after the first that the case shall have. */
  async function correct(id: string, from: number, to: number): Promise<void> {
    const office = await world.as('task_force');
    for (let version = from; version < to; version += 1) {
      clock.advance(1_000);
      const body = { note: `第${version}次` };
      const { status } = await office.patch(`/cases/${id}`, body, { 'if-match': `"${version}"` });
      expect(status).toBe(200);
    }
  }

  const eventsOf = async (chainId: string): Promise<StoredEvent[]> => {
    const rows = await world.database.dataSource.query<Array<Record<string, unknown>>>(
      'SELECT * FROM case_events WHERE chain_id = $1 ORDER BY sequence',
      [chainId],
    );
    return rows.map((row) => camelRow<StoredEvent>(row));
  };

  const auditedAt = async (...sequences: number[]): Promise<string[]> => {
    const rows = await world.database.dataSource.query<Array<{ id: string }>>(
      'SELECT id FROM audit_events WHERE sequence = ANY ($1) ORDER BY sequence',
      [sequences],
    );
    return rows.map(({ id }) => id);
  };

  const verify = () => world.app.get(VerifyTrail).all(BY_SYSTEM);
  /** The faults found by verifying everything while it is tampered with. */
  const faultsAfter = async (tamper: (database: Database) => Promise<unknown>): Promise<Fault[]> => {
    const { faults, isIntact, faultCount } = await tampered(world.database, tamper, verify);
    expect([isIntact, faultCount]).toEqual([faults.length === 0, faults.length]);
    return faults;
  };
  const named = (faults: readonly Fault[]) =>
    faults.map(({ ledger, kind, chainId, sequence, eventId }) => [ledger, kind, chainId, sequence, eventId]);

  it('is intact as it was written, in two algorithms, with two anchors', async () => {
    const algorithms = (await eventsOf(longCase)).map(({ algorithm }) => algorithm);
    expect(algorithms).toEqual(['sha256', 'sha256', 'sha256', 'sm3', 'sha256']);
    const found = await verify();
    expect(found.faults).toEqual([]);
    expect(found).toMatchObject({ isIntact: true, chains: 4, anchors: 2 });
    const [stored] = await world.database.dataSource.query(
      'SELECT (SELECT count(*) FROM case_events)::int AS events, (SELECT count(*) FROM audit_events)::int AS audited',
    );
    expect([found.events, found.auditEvents]).toEqual([stored.events, stored.audited - 1]);
  });

  it('names an event that was changed', async () => {
    const [, second] = await eventsOf(longCase);
    const faults = await faultsAfter((database) =>
      database.query(`UPDATE case_events SET payload = payload || '{"note": "改了"}' WHERE id = $1`, [
        second?.id,
      ]),
    );
    expect(named(faults)).toEqual([['cases', 'changed', longCase, 2, second?.id]]);
  });

  it('names an event whose moment was changed by less than is ever hashed', async () => {
    const [, second] = await eventsOf(longCase);
    const faults = await faultsAfter((database) =>
      database.query(
        `UPDATE case_events SET effective_at = effective_at - interval '1 microsecond' WHERE id = $1`,
        [second?.id],
      ),
    );
    expect(named(faults)).toEqual([['cases', 'changed', longCase, 2, second?.id]]);
  });

  it('names where an event was removed', async () => {
    const faults = await faultsAfter((database) =>
      database.query('DELETE FROM case_events WHERE chain_id = $1 AND sequence = 3', [longCase]),
    );
    expect(named(faults)).toContainEqual(['cases', 'removed', longCase, 3, null]);
    // And the day that it was there at the end of.
    expect(faults.map(({ kind, params }) => [kind, params['anchoredOn']])).toContainEqual([
      'anchor_differs',
      '2026-11-20',
    ]);
  });

  it('names two events that changed places', async () => {
    const [, second, third] = await eventsOf(longCase);
    const faults = await faultsAfter(async (database) => {
      await database.query('UPDATE case_events SET sequence = -1 WHERE id = $1', [second?.id]);
      await database.query('UPDATE case_events SET sequence = 2 WHERE id = $1', [third?.id]);
      await database.query('UPDATE case_events SET sequence = 3 WHERE id = $1', [second?.id]);
    });
    expect(named(faults)).toEqual([
      ['cases', 'reordered', longCase, 2, third?.id],
      ['cases', 'reordered', longCase, 3, second?.id],
    ]);
  });

  it.each(['nonsense for a hash', 'a hash that fits'])(
    'names an event that was inserted with %s, the others renumbered',
    async (what) => {
      const [, second] = await eventsOf(longCase);
      if (second === undefined) throw new Error('no second event');
      const { hash: previous, ...model } = second;
      const forged = { ...model, id: uuidv7(), sequence: 3, payload: { note: '伪造' } };
      const hash = what === 'a hash that fits' ? eventHash(previous, forged) : Buffer.alloc(32, 7);
      const faults = await faultsAfter(async (database) => {
        const later = 'chain_id = $1 AND sequence';
        await database.query(`UPDATE case_events SET sequence = -sequence WHERE ${later} > 2`, [longCase]);
        await database.query(`UPDATE case_events SET sequence = 1 - sequence WHERE ${later} < 0`, [longCase]);
        await database.query(
          `INSERT INTO case_events SELECT (jsonb_populate_record(e, $2)).* FROM case_events e WHERE e.id = $1`,
          [
            second.id,
            JSON.stringify({
              id: forged.id,
              sequence: 3,
              payload: forged.payload,
              hash: `\\x${hash.toString('hex')}`,
            }),
          ],
        );
      });
      expect(named(faults)).toContainEqual(['cases', 'inserted', longCase, 3, forged.id]);
      expect(faults.filter(({ ledger }) => ledger === 'cases')).toHaveLength(1);
    },
  );

  it('names a chain that was cut at its end, by what its case says', async () => {
    const events = await eventsOf(longCase);
    const faults = await faultsAfter((database) =>
      database.query('DELETE FROM case_events WHERE id = $1', [events.at(-1)?.id]),
    );
    expect(named(faults)).toContainEqual(['cases', 'truncated', longCase, events.length, null]);
  });

  const CUT = `
    UPDATE cases c SET last_sequence = e.sequence, last_hash = e.hash FROM case_events e
     WHERE c.id = $1 AND e.chain_id = c.id AND e.sequence = $2`;

  it('finds one that was cut together with what its case says, by the anchor', async () => {
    const events = await eventsOf(longCase);
    const faults = await faultsAfter(async (database) => {
      await database.query('DELETE FROM case_events WHERE id = $1', [events.at(-1)?.id]);
      await database.query(CUT, [longCase, events.length - 1]);
    });
    expect(faults).toMatchObject([
      { ledger: 'anchors', kind: 'anchor_differs', params: { anchoredOn: '2026-11-21' } },
    ]);
  });

  it('finds one whose whole rest was hashed anew, with what its case says, by the anchor', async () => {
    const events = await eventsOf(longCase);
    const faults = await faultsAfter(async (database) => {
      let previous: Buffer | null = null;
      for (const { hash: _hash, ...event } of events) {
        const payload = { ...event.payload, forged: true };
        previous = eventHash(previous, { ...event, payload });
        await database.query('UPDATE case_events SET payload = $2, hash = $3 WHERE id = $1', [
          event.id,
          payload,
          previous,
        ]);
      }
      await database.query(CUT, [longCase, events.length]);
    });
    expect(faults.map(({ kind, params }) => [kind, params['anchoredOn']])).toEqual([
      ['anchor_differs', '2026-11-20'],
      ['anchor_differs', '2026-11-21'],
    ]);
  });

  it('names a case all of whose events were removed, and finds one that was removed with them', async () => {
    const remove = 'DELETE FROM case_events WHERE chain_id = $1';
    const ofCase = await faultsAfter((database) => database.query(remove, [shortCase]));
    expect(named(ofCase)).toContainEqual(['cases', 'chain_missing', shortCase, null, null]);
    const ofBoth = await faultsAfter(async (database) => {
      await database.query(remove, [shortCase]);
      await database.query('DELETE FROM cases WHERE id = $1', [shortCase]);
    });
    expect(ofBoth.map(({ kind, params }) => [kind, params['chains'], params['foundChains']])).toEqual([
      ['anchor_differs', 2, 1],
      ['anchor_differs', 3, 2],
    ]);
    const ofCaseAlone = await faultsAfter((database) =>
      database.query('DELETE FROM cases WHERE id = $1', [shortCase]),
    );
    expect(ofCaseAlone).toMatchObject([{ ledger: 'cases', kind: 'subject_missing', chainId: shortCase }]);
  });

  describe('in the chain of sign-ins and the like', () => {
    it.each([
      ['changed', `UPDATE audit_events SET address = '10.0.0.1' WHERE sequence = 2`, 2],
      ['changed', `UPDATE audit_events SET recorded_at = recorded_at + interval '1 s' WHERE sequence = 2`, 2],
      ['removed', 'DELETE FROM audit_events WHERE sequence = 2', 2],
      ['truncated', 'DELETE FROM audit_events WHERE sequence = (SELECT last_sequence FROM trail_end)', null],
    ])('names what was %s', async (kind, statement, sequence) => {
      const faults = await faultsAfter((database) => database.query(statement));
      const inTrail = faults.filter(({ ledger }) => ledger === 'trail');
      expect(inTrail).toHaveLength(1);
      expect(inTrail[0]?.kind).toBe(kind);
      if (sequence !== null) expect(inTrail[0]?.sequence).toBe(sequence);
    });

    it('names what was slipped in before the first', async () => {
      const faults = await faultsAfter(async (database) => {
        await database.query(
          `INSERT INTO audit_events (id, sequence, recorded_at, type, actor_kind, payload, algorithm, hash)
           SELECT uuidv7(), n, now(), 'signed_in', 'system', '{}', 'sha256', sha256('made up') FROM (VALUES (0), (-7)) AS v(n)`,
        );
      });
      expect(faults.filter(({ ledger }) => ledger === 'trail').map(({ kind }) => kind)).toContain('inserted');
    });

    it('names two events that changed places', async () => {
      const [second, third] = await auditedAt(2, 3);
      const faults = await faultsAfter(async (database) => {
        await database.query('UPDATE audit_events SET sequence = 1000000 WHERE id = $1', [second]);
        await database.query('UPDATE audit_events SET sequence = 2 WHERE id = $1', [third]);
        await database.query('UPDATE audit_events SET sequence = 3 WHERE id = $1', [second]);
      });
      expect(named(faults.filter(({ ledger }) => ledger === 'trail'))).toEqual([
        ['trail', 'reordered', null, 2, third],
        ['trail', 'reordered', null, 3, second],
      ]);
    });

    it.each(['nonsense for a hash', 'a hash that fits'])(
      'names an event that was inserted with %s, the others renumbered',
      async (what) => {
        const forgedId = uuidv7();
        const faults = await faultsAfter(async (database) => {
          const { rows } = await database.query<Record<string, unknown>>(
            'SELECT * FROM audit_events WHERE sequence = 2',
          );
          const [model] = rows.map((row) => camelRow<HashedAuditEvent & { hash: Buffer }>(row));
          if (model === undefined) throw new Error('no second event');
          const { hash: previous, ...second } = model;
          const forged = { ...second, id: forgedId, sequence: 3, payload: { forged: true } };
          const hash = what === 'a hash that fits' ? auditEventHash(previous, forged) : Buffer.alloc(32, 7);
          await database.query('UPDATE audit_events SET sequence = -sequence WHERE sequence > 2');
          await database.query('UPDATE audit_events SET sequence = 1 - sequence WHERE sequence < 0');
          // Else the next event would find its number taken.
          await database.query('UPDATE trail_end SET last_sequence = last_sequence + 1');
          await database.query(
            `INSERT INTO audit_events
             SELECT (jsonb_populate_record(e, $1)).* FROM audit_events e WHERE e.sequence = 2`,
            [JSON.stringify({ ...forged, hash: `\\x${hash.toString('hex')}` })],
          );
        });
        const inTrail = faults.filter(({ ledger }) => ledger === 'trail');
        expect(named(inTrail)).toContainEqual(['trail', 'inserted', null, 3, forgedId]);
      },
    );

    it('finds a chain cut together with its end, by the anchor', async () => {
      const faults = await faultsAfter(async (database) => {
        await database.query('DELETE FROM audit_events WHERE sequence > 2');
        await database.query(
          'UPDATE trail_end SET last_sequence = 2, last_hash = (SELECT hash FROM audit_events WHERE sequence = 2)',
        );
      });
      expect(faults.map(({ ledger, kind }) => [ledger, kind])).toEqual([
        ['anchors', 'anchor_audit_differs'],
        ['anchors', 'anchor_audit_differs'],
      ]);
    });
  });

  describe('in the anchors', () => {
    it.each([
      ['changed', `UPDATE chain_anchors SET events = events - 1 WHERE anchored_on = '2026-11-20'`],
      ['removed', `DELETE FROM chain_anchors WHERE anchored_on = '2026-11-20'`],
    ])('finds one that was %s', async (_what, statement) => {
      const faults = await faultsAfter((database) => database.query(statement));
      expect(faults.map(({ kind }) => kind)).toContain('anchor_changed');
    });

    it.each([
      ['the newest', `anchored_on = '2026-11-21'`, ['2026-11-21']],
      ['all of them', 'true', ['2026-11-20', '2026-11-21']],
    ])('misses %s when it is gone, by what the trail tells of them', async (_what, which, missed) => {
      const faults = await faultsAfter((database) =>
        database.query(`DELETE FROM chain_anchors WHERE ${which}`),
      );
      expect(faults.map(({ ledger, kind, params }) => [ledger, kind, params['anchoredOn']])).toEqual(
        missed.map((anchoredOn) => ['anchors', 'anchor_missing', anchoredOn]),
      );
    });

    it('finds the newest made anew over what it does not cover, by what the trail tells of it', async () => {
      const faults = await faultsAfter(async (database) => {
        const { rows } = await database.query<Anchor>(
          `SELECT ${ANCHOR_COLUMNS} FROM chain_anchors ORDER BY anchored_on`,
        );
        const [first, newest] = rows;
        if (first === undefined || newest === undefined) throw new Error('no two anchors');
        const { hash: _hash, ...said } = newest;
        const recordedAt = new Date(newest.recordedAt.getTime() + 1_000);
        await database.query('UPDATE chain_anchors SET recorded_at = $1, hash = $2 WHERE anchored_on = $3', [
          recordedAt,
          anchorHash(first.hash, { ...said, recordedAt }),
          newest.anchoredOn,
        ]);
      });
      expect(faults).toMatchObject([{ kind: 'anchor_missing', params: { anchoredOn: '2026-11-21' } }]);
    });
  });

  it('is intact again once all of it is put back', async () => {
    expect((await verify()).faults).toEqual([]);
  });
});
