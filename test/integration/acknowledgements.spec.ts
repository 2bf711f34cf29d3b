import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AcknowledgeWorld } from '../support/acknowledge-world.js';

/** More than any other test here makes in a minute of its clock. */
const GUESSES = 60;
let world: AcknowledgeWorld;

beforeAll(async () => {
  world = await AcknowledgeWorld.open({ RATE_LIMIT_SIGN_IN: String(GUESSES) });
});
afterAll(() => world.close());

const SAID = { doneBy: '2021-11-12', note: '待环评批复' };

describe('the link of a reminder mail', () => {
  it('shows what the mail was about, and records nothing by being looked at', async () => {
    const { cases, link, mail } = await world.reminded(await world.official('甲'));
    expect(mail).toContain('/r/');
    const [made] = cases;
    if (made === undefined) throw new Error('a case');
    for (let look = 0; look < 2; look += 1) {
      const { status, html, headers } = await world.page(link);
      expect(status).toBe(200);
      expect(html).toMatch(/AK-2021-\d{6}/);
      expect(html).toContain('2021-11-05');
      expect(html).not.toContain('甲');
      expect(html).not.toMatch(/@|1990000|<script/);
      expect(headers.get('cache-control')).toBe('no-store');
      expect(headers.get('x-robots-tag')).toBe('noindex, nofollow');
      expect(headers.get('referrer-policy')).toBe('no-referrer');
      expect(headers.get('content-security-policy')).toMatch(
        /^default-src 'none'; style-src 'sha256-[^']+'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'$/,
      );
    }
    expect((await fetch(link, { method: 'HEAD' })).status).toBe(200);
    expect(await world.events(made)).toEqual([]);
  });

  it('records what is said once, and anew only what differs', async () => {
    const officialId = await world.official('乙');
    const { cases, link } = await world.reminded(officialId);
    const [made] = cases;
    if (made === undefined) throw new Error('a case');
    const delivery = world.boxes((await world.page(link)).html);
    const first = await world.page(link, { delivery, ...SAID });
    expect(first.status).toBe(200);
    expect(first.html).toContain('已记录');
    expect(first.html).toContain('预计 2021-11-12 前办结：待环评批复');
    await world.page(link, { delivery, ...SAID });
    const told = { rung: 'due_soon', officialId, reminderId: expect.any(String), ...SAID };
    expect(await world.events(made)).toEqual([
      { type: 'reminder_acknowledged', actorKind: 'system', payload: told },
    ]);
    const twice = await Promise.all(
      [1, 2].map(() => world.page(link, { delivery, doneBy: '2021-11-15', note: '' })),
    );
    expect(twice.map(({ status }) => status)).toEqual([200, 200]);
    const events = await world.events(made);
    expect(events.map(({ payload }) => payload['doneBy'])).toEqual(['2021-11-12', '2021-11-15']);
    expect((await world.page(link)).html).toContain('预计 2021-11-15 前办结');
  });

  it('takes of a digest those that are ticked', async () => {
    const { cases, link } = await world.reminded(await world.official('丙'), 3);
    const boxes = world.boxes((await world.page(link)).html);
    expect(boxes).toHaveLength(3);
    await world.page(link, { delivery: boxes.slice(0, 2), doneBy: '2021-11-12' });
    const told = await Promise.all(cases.map((made) => world.events(made)));
    expect(told.map((events) => events.length).toSorted()).toEqual([0, 1, 1]);
  });

  it('does not take what is wrong', async () => {
    const { cases, link } = await world.reminded(await world.official('丁'));
    const delivery = world.boxes((await world.page(link)).html);
    const wrong: Array<Record<string, string | string[]>> = [
      { doneBy: '' },
      { doneBy: '2021-11-01' },
      { doneBy: '2022-11-03' },
      { doneBy: '2022-02-30' },
      { doneBy: ['2021-11-12', '2021-11-13'] },
      { doneBy: '2021-11-12', note: '字'.repeat(201) },
      { doneBy: '2021-11-12', delivery: [] },
      { doneBy: '2021-11-12', delivery: ['0193a1b2-0000-7000-8000-000000000001'] },
    ];
    for (const form of wrong) {
      const { status } = await world.page(link, { delivery, ...form });
      expect([form, status]).toEqual([form, 400]);
    }
    expect(await Promise.all(cases.map((made) => world.events(made)))).toEqual([[]]);
  });

  it('writes what somebody wrote as text', async () => {
    const { link } = await world.reminded(await world.official('戊'));
    const delivery = world.boxes((await world.page(link)).html);
    const { html } = await world.page(link, {
      delivery,
      doneBy: '2021-11-12',
      note: '<img src=x onerror=alert(1)>"',
    });
    expect(html).not.toContain('<img');
    expect(html).toContain('&lt;img src=x onerror=alert(1)&gt;&quot;');
  });
});

describe('a link that is none', () => {
  const nothing = (html: string): void => expect(html).not.toMatch(/AK-2021|安康第|<form/);

  it('is told nothing, wherever it was changed, and is not found', async () => {
    const { cases, link } = await world.reminded(await world.official('己'));
    const token = link.split('/r/')[1] ?? '';
    const changed = [0, 21, 30, 44, 50, 69].map((at) => {
      const other = token[at] === 'A' ? 'B' : 'A';
      return token.slice(0, at) + other + token.slice(at + 1);
    });
    for (const wrong of [
      ...changed,
      token.slice(0, -1),
      `${token}A`,
      `${token}=`,
      'x',
      token.toLowerCase(),
    ]) {
      const answers = [await world.page(`${world.app.url}/r/${wrong}`)];
      answers.push(
        await world.page(`${world.app.url}/r/${wrong}`, {
          delivery: await Promise.all(cases.map((made) => world.emailDelivery(made))),
          ...SAID,
        }),
      );
      for (const { status, html } of answers) {
        expect([wrong, status]).toEqual([wrong, 404]);
        nothing(html);
      }
    }
    expect(await Promise.all(cases.map((made) => world.events(made)))).toEqual([[]]);
  });

  it('may be guessed at so often a minute, and good ones as often as one likes', async () => {
    const { link } = await world.reminded(await world.official('申'));
    world.clock.set('2021-11-02T09:30:00+08:00');
    for (let look = 0; look < GUESSES + 1; look += 1) expect((await world.page(link)).status).toBe(200);
    const guess = `${world.app.url}/r/guess`;
    for (let look = 0; look < GUESSES; look += 1) expect((await world.page(guess)).status).toBe(404);
    const { status, headers, html } = await world.page(guess);
    expect([status, headers.get('retry-after'), headers.get('content-type')]).toEqual([
      429,
      '60',
      'text/html; charset=utf-8',
    ]);
    nothing(html);
    expect((await world.page(link)).status).toBe(429);
  });

  it('is gone after fourteen days, and not before', async () => {
    const { link } = await world.reminded(await world.official('庚'));
    world.clock.set('2021-11-16T08:59:59+08:00');
    expect((await world.page(link)).status).toBe(200);
    world.clock.set('2021-11-16T09:00:01+08:00');
    const { status, html } = await world.page(link);
    expect(status).toBe(410);
    nothing(html);
  });

  it('is gone when its official has left', async () => {
    const officialId = await world.official('辛');
    const { cases, link } = await world.reminded(officialId);
    const delivery = world.boxes((await world.page(link)).html);
    await world.world.query('UPDATE officials SET is_active = false WHERE id = $1', [officialId]);
    const answers = [await world.page(link), await world.page(link, { delivery, ...SAID })];
    for (const { status, html } of answers) {
      expect(status).toBe(410);
      expect(html).toContain('已不由您办理');
      nothing(html);
    }
    expect(await Promise.all(cases.map((made) => world.events(made)))).toEqual([[]]);
  });

  it('is gone for what was handed over to somebody else, and comes back with it', async () => {
    const [from, to] = [await world.official('壬'), await world.official('癸')];
    const { link, cases } = await world.reminded(from, 2);
    const [kept, moved] = cases;
    if (kept === undefined || moved === undefined) throw new Error('two cases');
    const taskForce = await world.app.as('task_force');
    const handOver = async (leaving: string, officialId: string, caseIds: string[]): Promise<void> => {
      const { status } = await taskForce.post(`/officials/${leaving}/handover`, {
        to: [{ officialId, caseIds }, { officialId: leaving === from ? to : from }],
      });
      expect(status).toBeLessThan(300);
    };
    await handOver(from, to, [moved.caseId, kept.caseId]);
    expect((await world.page(link)).status).toBe(410);
    await handOver(to, from, [moved.caseId]);
    expect(world.boxes((await world.page(link)).html).length).toBeGreaterThan(0);
  });

  it('is gone for what was assigned anew', async () => {
    const { link, cases } = await world.reminded(await world.official('子'));
    await world.world.query(
      `UPDATE assignments SET ended_at = now(), end_reason = 'superseded' WHERE id = $1`,
      [cases[0]?.assignmentId],
    );
    expect((await world.page(link)).status).toBe(410);
  });

  it('says of what is closed that it is, and takes nothing', async () => {
    const { link, cases } = await world.reminded(await world.official('丑'));
    const delivery = world.boxes((await world.page(link)).html);
    await world.world.query(`UPDATE cases SET status = 'resolved' WHERE id = $1`, [cases[0]?.caseId]);
    const { status, html } = await world.page(link);
    expect(status).toBe(200);
    expect(html).toContain('已办结或终止');
    expect(html).not.toContain('<button');
    expect((await world.page(link, { delivery, ...SAID })).status).toBe(400);
    expect(await Promise.all(cases.map((made) => world.events(made)))).toEqual([[]]);
  });
});

describe('what a link does', () => {
  it('stops no rung, and moves no figure', async () => {
    const { cases, link } = await world.reminded(await world.official('寅'));
    const [made] = cases;
    if (made === undefined) throw new Error('a case');
    const taskForce = await world.app.as('task_force');
    const figures = async (): Promise<unknown> => {
      const { body } = await taskForce.get('/statistics/weekly/2021-W44?subject=case&by=reportingUnit');
      return { rows: body['rows'], total: body['total'] };
    };
    const before = await figures();
    await world.page(link, { delivery: world.boxes((await world.page(link)).html), ...SAID });
    expect(await figures()).toEqual(before);
    world.clock.set('2021-11-05T09:00:00+08:00');
    await world.world.sweep.run();
    const rungs = await world.world.query(
      `SELECT rung FROM reminders WHERE subject_id = $1 AND state = 'recorded' ORDER BY fires_at`,
      [made.caseId],
    );
    expect(rungs).toEqual([{ rung: 'due_soon' }, { rung: 'due_today' }]);
  });

  it('is told on the timeline, in both languages', async () => {
    const { cases, link } = await world.reminded(await world.official('卯'));
    await world.page(link, { delivery: world.boxes((await world.page(link)).html), ...SAID });
    const taskForce = await world.app.as('task_force');
    const told = async (language: string): Promise<unknown> => {
      const path = `/cases/${cases[0]?.caseId}/timeline`;
      const { body } = await taskForce.get<{ items: Array<{ sentence: string }> }>(path, {
        'accept-language': language,
      });
      return body.items.map(({ sentence }) => sentence);
    };
    expect(await told('zh-CN')).toEqual(['卯已阅提醒（临期提醒），承诺于 2021-11-12 前办结：待环评批复。']);
    expect(await told('en')).toEqual([
      '卯 has seen the reminder (due soon) and says that it will be done by 2021-11-12: 待环评批复.',
    ]);
  });
});

describe('POST /deliveries/{id}/acknowledge', () => {
  it('is for the official of the account, whose own list tells it', async () => {
    const officialId = await world.official('辰');
    const { cases } = await world.reminded(officialId);
    const [made] = cases;
    if (made === undefined) throw new Error('a case');
    const id = await world.emailDelivery(made);
    const own = await world.as(officialId);
    const said = await own.post(`/deliveries/${id}/acknowledge`, SAID);
    expect(said).toMatchObject({
      status: 200,
      body: { id, acknowledgement: { ...SAID, at: '2021-11-02T01:00:00.000Z' } },
    });
    const again = await own.post(`/deliveries/${id}/acknowledge`, SAID);
    expect(again.status).toBe(200);
    const events = await world.events(made);
    expect(events).toMatchObject([{ type: 'reminder_acknowledged', actorKind: 'account', payload: SAID }]);
    const { body } = await own.get<{ items: Array<Record<string, unknown>>; total: number }>(
      '/own-deliveries?count=exact',
    );
    // By e-mail and by SMS: it was the one reminder.
    expect(body.total).toBe(2);
    expect(body.items.map(({ acknowledgement }) => acknowledgement)).toEqual([
      expect.objectContaining(SAID),
      expect.objectContaining(SAID),
    ]);
    const taskForce = await world.app.as('task_force');
    expect(
      (await taskForce.get<{ items: unknown[] }>(`/deliveries?official=${officialId}`)).body.items,
    ).toEqual(body.items);
  });

  it('is for nobody else, not even of the same department', async () => {
    const { cases } = await world.reminded(await world.official('巳'));
    const [made] = cases;
    if (made === undefined) throw new Error('a case');
    const id = await world.emailDelivery(made);
    const colleague = await world.as(await world.official('午'));
    const absent = await colleague.post('/deliveries/0193a1b2-0000-7000-8000-000000000001/acknowledge', SAID);
    for (const client of [colleague, await world.app.as('department'), await world.app.as('task_force')]) {
      const { status, body } = await client.post(`/deliveries/${id}/acknowledge`, SAID);
      expect([status, body['code']]).toEqual([404, absent.body['code']]);
    }
    expect(
      (await (await world.app.as('system_admin')).post(`/deliveries/${id}/acknowledge`, SAID)).status,
    ).toBe(403);
    expect((await colleague.get<{ items: unknown[] }>('/own-deliveries')).body.items).toEqual([]);
    const unbound = await world.app.as('task_force');
    expect((await unbound.get('/own-deliveries?count=exact')).body).toEqual({
      items: [],
      nextCursor: null,
      total: 0,
    });
    expect(await world.events(made)).toEqual([]);
  });

  it('refuses a date out of the year, a case that is closed, and what went to somebody else', async () => {
    const officialId = await world.official('未');
    const { cases } = await world.reminded(officialId);
    const [made] = cases;
    if (made === undefined) throw new Error('a case');
    const path = `/deliveries/${await world.emailDelivery(made)}/acknowledge`;
    const own = await world.as(officialId);
    for (const doneBy of ['2021-11-01', '2022-11-03'])
      expect(await own.post(path, { doneBy })).toMatchObject({
        status: 400,
        body: { code: 'DONE_BY_OUT_OF_RANGE' },
      });
    for (const body of [{}, { doneBy: '2021-02-30' }, { ...SAID, note: '' }, { ...SAID, more: 1 }])
      expect((await own.post(path, body)).status).toBe(400);
    const set = (sql: string, id: string): Promise<unknown> => world.world.query(sql, [id]);
    await set(`UPDATE cases SET status = 'resolved' WHERE id = $1`, made.caseId);
    expect(await own.post(path, SAID)).toMatchObject({ status: 409, body: { code: 'CASE_NOT_LIVE' } });
    await set(`UPDATE cases SET status = 'in_progress' WHERE id = $1`, made.caseId);
    await set(
      `UPDATE assignments SET ended_at = now(), end_reason = 'superseded' WHERE id = $1`,
      made.assignmentId,
    );
    expect(await own.post(path, SAID)).toMatchObject({ status: 409, body: { code: 'REMINDER_NOT_YOURS' } });
    expect(await world.events(made)).toEqual([]);
  });
});
