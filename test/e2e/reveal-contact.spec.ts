import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Role } from '../../src/access/role.js';
import type { Enterprise } from '../../src/enterprises/enterprise.entity.js';
import { phoneColumns } from '../../src/enterprises/enterprise-phone.js';
import type { Official } from '../../src/organization/official.entity.js';
import { RegisterFactory } from '../factories/register.js';
import { testPersonalData } from '../support/personal-data.js';
import { type Client, createTestApp, type TestApp } from '../support/test-app.js';

interface Recorded {
  actor_id: string;
  subject_kind: string;
  subject_id: string;
  payload: unknown;
  text: string;
}

const [MOBILE, PHONE] = ['19912340001', '09153219876'];
const REASON = '短信未送达，电话联系责任人';
const REVEALERS: Record<'officials' | 'enterprises', Role[]> = {
  officials: ['task_force'],
  enterprises: ['task_force', 'county'],
};

describe('a contact in full', () => {
  let world: TestApp;
  let make: RegisterFactory;
  let office: Client;
  let official: Official;
  let enterprise: Enterprise;
  let path: Record<'officials' | 'enterprises', string>;

  beforeAll(async () => {
    world = await createTestApp();
    make = new RegisterFactory(world.database.dataSource);
    official = await make.official(await make.department(), { mobile: MOBILE, email: 'wang@ankang.example' });
    enterprise = await make.enterprise('610902', {
      contactName: '张三',
      contactEmail: 'zhang@enterprise.example',
    });
    await world.database.dataSource.manager.update(
      'Enterprise',
      { id: enterprise.id },
      phoneColumns(testPersonalData(), enterprise.id, PHONE),
    );
    path = {
      officials: `/officials/${official.id}/reveal-contact`,
      enterprises: `/enterprises/${enterprise.id}/reveal-contact`,
    };
    office = await world.as('task_force');
  });
  afterAll(() => world.close());

  const recorded = (): Promise<Recorded[]> =>
    world.database.dataSource.query<Recorded[]>(
      `SELECT e.*, e::text AS text FROM audit_events e WHERE type = 'contact_unmasked' ORDER BY sequence`,
    );

  it('is told for a reason, and it is recorded who asked, for whose and why', async () => {
    const before = await recorded();
    const mobile = await office.post(path.officials, { reason: REASON });
    expect([mobile.status, mobile.body]).toEqual([200, { mobile: MOBILE, email: 'wang@ankang.example' }]);
    expect(mobile.headers.get('cache-control')).toBe('no-store');
    const phone = await office.post(path.enterprises, { reason: '核实停产情况' });
    expect([phone.status, phone.body]).toEqual([
      200,
      { contactName: '张三', contactPhone: PHONE, contactEmail: 'zhang@enterprise.example' },
    ]);

    const me = await office.get('/auth/me');
    const events = (await recorded()).slice(before.length);
    expect(events).toMatchObject([
      {
        actor_id: me.body['id'],
        subject_kind: 'official',
        subject_id: official.id,
        payload: { reason: REASON },
      },
      { actor_id: me.body['id'], subject_kind: 'enterprise', subject_id: enterprise.id },
    ]);
    for (const { text } of events) expect(text).not.toMatch(/19912340001|09153219876|ankang\.example/);
  });

  it.each([
    {},
    { reason: '' },
    { reason: 'no' },
    { reason: '     ' },
    { reason: 'x'.repeat(201) },
    { reason: 7 },
  ])('is not told for %j, and nothing is recorded', async (body) => {
    const before = await recorded();
    for (const one of Object.values(path)) {
      const answer = await office.post(one, body);
      expect([answer.status, answer.body['errors']]).toMatchObject([400, [{ pointer: '/reason' }]]);
    }
    expect(await recorded()).toHaveLength(before.length);
  });

  it('is told to nobody else', async () => {
    const before = await recorded();
    for (const role of [
      'department',
      'county',
      'leader',
      'auditor',
      'system_admin',
      'security_admin',
    ] as const) {
      const client = await world.as(role);
      for (const kind of ['officials', 'enterprises'] as const) {
        if (REVEALERS[kind].includes(role)) continue;
        const { status, body } = await client.post(path[kind], { reason: REASON });
        expect([role, kind, status, body['code']]).toEqual([role, kind, 403, 'FORBIDDEN']);
      }
    }
    expect(await recorded()).toHaveLength(before.length);
  });

  it('of an enterprise is told to its own county, and to another it is not there', async () => {
    const countyOf = async (code: string): Promise<Client> => {
      const { username, password } = await make.account('county', {
        reportingUnitId: (await make.unit(code)).id,
      });
      return world.signIn(username, password);
    };
    const before = await recorded();
    const other = await (await countyOf('610921')).post(path.enterprises, { reason: REASON });
    expect([other.status, other.body['code']]).toEqual([404, 'NOT_FOUND']);
    expect(await recorded()).toHaveLength(before.length);
    const own = await (await countyOf('610902')).post(path.enterprises, { reason: REASON });
    expect(own.body).toMatchObject({ contactPhone: PHONE });
    expect(await recorded()).toHaveLength(before.length + 1);
  });

  it('of nobody is not there', async () => {
    const nobody = '0193a1b2-0000-7000-8000-000000000001';
    for (const kind of ['officials', 'enterprises'])
      expect((await office.post(`/${kind}/${nobody}/reveal-contact`, { reason: REASON })).status).toBe(404);
  });

  it('that was copied from another row does not open, and shows as unreadable', async () => {
    const department = await make.department();
    const [one, two] = [await make.official(department), await make.official(department)];
    await world.database.dataSource.query(
      `UPDATE officials o SET mobile_sealed = n.mobile_sealed, mobile_search_key = n.mobile_search_key
         FROM officials n WHERE (o.id, n.id) IN (($1, $2), ($2, $1))`,
      [one.id, two.id],
    );
    const before = await recorded();
    const list = await office.get<{ items: unknown[] }>(`/officials?department=${department.id}`);
    expect(list.body.items).toMatchObject([{ mobile: '****' }, { mobile: '****' }]);
    const answer = await office.post(`/officials/${one.id}/reveal-contact`, { reason: REASON });
    expect([answer.status, answer.body['code']]).toEqual([503, 'PERSONAL_DATA_UNREADABLE']);
    expect(await recorded()).toHaveLength(before.length);
    // Given anew it is whole again.
    const mended = await office.patch(`/officials/${one.id}`, { mobile: MOBILE }, { 'if-match': '"1"' });
    expect(mended.body).toMatchObject({ mobile: '199****0001' });
  });
});
