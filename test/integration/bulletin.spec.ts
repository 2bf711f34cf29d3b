import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import type { WholeIssueView } from '../../src/statistics/bulletin/issues.dto.js';
import type { WeeklyAnswer } from '../../src/statistics/weekly-answer.js';
import { asOwner } from '../support/as-owner.js';
import { wordTextOf } from '../support/docx-text.js';
import { BulletinWorld, WEEKS } from '../support/bulletin-world.js';
import { untilWaiting, whileLocked } from '../support/outside-lock.js';

const { first: W43, second: W44, third: W45, running: W46 } = WEEKS;

let world: BulletinWorld;

beforeAll(async () => {
  world = await BulletinWorld.open();
});
afterAll(() => world.close());
afterEach(() => world.forget());

const refusal = async (week: string, path: string, body: object = {}) => {
  const answer = await world.weekly(week, path, body);
  return [answer.status, answer.body['code']];
};
const table = async (week: string, query = ''): Promise<WeeklyAnswer> =>
  (await world.officer.get<WeeklyAnswer>(`/statistics/weekly/${week}${query}`)).body;
async function bytesOf(path: string): Promise<Buffer> {
  const response = await fetch(`${world.notices.cases.app.url}/api/v1${path}`, {
    headers: { authorization: `Bearer ${world.officer.token}` },
  });
  return Buffer.from(await response.arrayBuffer());
}

describe('a week that is published', () => {
  it('is a numbered issue with its tables, parameters, files and one hash', async () => {
    const before = await table(W44);
    expect(before.issue).toBeNull();
    const issue = await world.publish(W44);
    expect(issue).toMatchObject({
      week: W44,
      year: 2021,
      number: 1,
      state: 'published',
      replaces: null,
      corrections: [],
      parameters: { scoreVersion: 1, calendar: { confirmedUntil: expect.stringMatching(/^20\d\d-12-31$/) } },
    });
    expect(issue.tables.map(({ subject, by }) => `${subject} ${by}`)).toEqual([
      'case reportingUnit',
      'case leadDepartment',
      'problem reportingUnit',
      'problem leadDepartment',
    ]);
    expect(issue.tables[0]?.total).toEqual(before.total);
    const { number, hash, publishedAt } = issue;
    const reference = { number, hash, publishedAt };
    expect((await table(W44)).issue).toEqual(reference);
    expect(await world.verify()).toEqual({ issues: 1, files: 7, faults: [] });
  });

  it('is told of as it stood at the moment that is asked for', async () => {
    const { asOf } = await table(W44);
    const files = () =>
      Promise.all(
        ['json', 'csv', 'docx', 'xlsx'].map((format) =>
          bytesOf(`/statistics/weekly/${W44}/export?format=${format}&asOf=${asOf}`),
        ),
      );
    const before = await files();
    const { id, number } = await world.publish(W44);
    world.later();
    const during = (await table(W44)).asOf;
    const stood = { ...(await table(W44, `?asOf=${during}`)) };
    expect(stood.issue?.number).toBe(number);
    await world.withdraw(id);
    world.later();
    expect((await table(W44)).issue).toBeNull();
    expect(await table(W44, `?asOf=${during}`)).toEqual(stood);
    expect((await table(W44, `?asOf=${asOf}`)).issue).toBeNull();
    expect(await files()).toEqual(before);
    const circularOf = async (moment: string) =>
      (await wordTextOf(await bytesOf(`/statistics/weekly/${W44}/export?format=docx&asOf=${moment}`)))
        .paragraphs;
    expect(await circularOf(asOf)).toContain('（送审稿，未编号）');
    expect(await circularOf(during)).toContain(`（本周已发布第 ${number} 期，此件另行生成，以发布的为准）`);
  });

  it('gives out its files as they were issued, whatever is learnt later', async () => {
    const issue = await world.publish(W44);
    await world.lateEntry('2021-11-03 10:00');
    for (const { format, subject, by, sha256, size } of issue.files) {
      const query = subject === undefined ? '' : `?subject=${subject}&by=${by}`;
      const bytes = await bytesOf(`/statistics/issues/${issue.id}/files/${format}${query}`);
      expect([bytes.length, createHash('sha256').update(bytes).digest('hex')]).toEqual([size, sha256]);
    }
    const [{ n: downloads } = { n: 0 }] = await world.query<{ n: number }>(
      `SELECT count(*)::int AS n FROM audit_events WHERE type = 'exported' AND subject_id = $1`,
      [issue.id],
    );
    expect(downloads).toBe(issue.files.length);
    expect((await world.officer.get(`/statistics/issues/${issue.id}/files/pdf`)).status).toBe(404);
  });

  it('is not published twice, nor a week that is not over, or that there is not', async () => {
    await world.publish(W44);
    expect(await refusal(W44, 'publish')).toEqual([409, 'WEEK_PUBLISHED']);
    expect(await refusal(W44, 'prepare')).toEqual([409, 'WEEK_PUBLISHED']);
    expect(await refusal(W44, 'reissue', { reason: '数据有误' })).toEqual([409, 'WEEK_PUBLISHED']);
    expect(await refusal(W46, 'publish')).toEqual([409, 'WEEK_NOT_OVER']);
    expect(await refusal('2021-W50', 'publish')).toEqual([422, 'WEEK_IN_FUTURE']);
    expect(await refusal('2021-W53', 'publish')).toEqual([404, 'WEEK_UNKNOWN']);
    expect(await refusal('2021-W43', 'reissue', { reason: '数据有误' })).toEqual([409, 'NOTHING_TO_REISSUE']);
    expect(await world.issues()).toHaveLength(1);
  });

  it('is published by one of many who do it at once, and numbers have no gaps', async () => {
    const weeks = [W44, W45, W44, W45, W44, W45];
    const statuses = await Promise.all(
      weeks.map(async (week) => (await world.weekly(week, 'publish')).status),
    );
    expect(statuses.toSorted()).toEqual([201, 201, 409, 409, 409, 409]);
    const issues = await world.issues();
    expect(issues.map(({ number }) => number).toSorted()).toEqual([1, 2]);
    expect((await world.verify()).faults).toEqual([]);
  });

  it('is published by the task force alone, with a key once', async () => {
    const { app } = world.notices.cases;
    const leader = await app.as('leader');
    for (const path of ['prepare', 'publish', 'reissue'])
      expect((await leader.post(`/statistics/weekly/${W44}/${path}`, { reason: '数据有误' })).status).toBe(
        403,
      );
    const post = () =>
      world.officer.post<WholeIssueView>(
        `/statistics/weekly/${W44}/publish`,
        {},
        { 'idempotency-key': 'publish-once' },
      );
    const answers = [await post(), await post()];
    expect(answers.map(({ status }) => status)).toEqual([201, 201]);
    expect(answers[1]?.body).toEqual(answers[0]?.body);
    const id = answers[0]?.body.id ?? '';
    expect((await leader.get(`/statistics/issues/${id}`)).status).toBe(200);
    expect((await leader.post(`/statistics/issues/${id}/withdraw`, { reason: '数据有误' })).status).toBe(403);
  });

  it('is changed by nobody: not by the application’s rights, and not past the trigger', async () => {
    const { id } = await world.publish(W44);
    const { database } = world.notices.cases.app;
    const changes = [
      `UPDATE bulletin_issues SET number = 7 WHERE id = '${id}'`,
      `UPDATE bulletin_issues SET tables = '[]' WHERE id = '${id}'`,
    ];
    for (const sql of changes)
      await expect(database.dataSource.query(sql)).rejects.toThrow('permission denied');
    const asAnybody = [
      ...changes,
      `DELETE FROM bulletin_issues`,
      `UPDATE bulletin_issues SET state = 'prepared'`,
    ];
    for (const sql of asAnybody) await expect(asOwner(database, sql)).rejects.toThrow('never changed');
    const smuggled = `UPDATE bulletin_issues SET state = 'withdrawn', withdrawn_at = now(), withdrawn_by = id,
      withdrawal_reason = 'x', tables = '[]' WHERE id = '${id}'`;
    await expect(asOwner(database, smuggled)).rejects.toThrow('never changed');
  });

  it('is found out when it was changed all the same', async () => {
    const [one, two] = [await world.publish(W44), await world.publish(W45)];
    await world.pastTriggers(`UPDATE bulletin_issues SET note = 'x' WHERE id = '${one.id}'`);
    await world.pastTriggers(`UPDATE bulletin_issues SET number = 3, hash = '\\x00' WHERE id = '${two.id}'`);
    const { faults } = await world.verify();
    expect(faults.map(({ issueId, kind }) => [issueId === one.id ? 1 : 2, kind])).toEqual([
      [1, 'content'],
      [2, 'content'],
      [2, 'trail'],
      [2, 'number'],
    ]);
  });
});

describe('an issue that is prepared', () => {
  it('is approved as it was looked at, whatever was learnt meanwhile', async () => {
    const prepared = await world.prepare(W44);
    expect(prepared).toMatchObject({ state: 'prepared', number: 1, hash: null, publishedAt: null });
    await world.lateEntry('2021-11-03 10:00');
    const answer = await world.weekly(W44, 'publish', { note: '同意' });
    expect(answer.status).toBe(201);
    expect(answer.body).toMatchObject({
      id: prepared.id,
      state: 'published',
      note: '同意',
      asOf: prepared.asOf,
      tables: prepared.tables,
      files: prepared.files,
    });
    expect((await world.verify()).faults).toEqual([]);
  });

  it('is seen by who may publish alone, and prepared once', async () => {
    const { id } = await world.prepare(W44);
    const leader = await world.notices.cases.app.as('leader');
    expect((await leader.get(`/statistics/issues/${id}`)).status).toBe(404);
    expect((await leader.get(`/statistics/issues/${id}/files/xlsx`)).status).toBe(404);
    expect((await leader.get('/statistics/issues?count=exact')).body).toMatchObject({ items: [], total: 0 });
    expect((await world.other.get('/statistics/issues?count=exact&state=prepared')).body).toMatchObject({
      items: [{ id }],
      total: 1,
    });
    expect(await refusal(W44, 'prepare')).toEqual([409, 'WEEK_PREPARED']);
    expect((await table(W44)).issue).toBeNull();
  });

  it('takes the next number when it is approved after another week', async () => {
    const prepared = await world.prepare(W44);
    expect((await world.publish(W45)).number).toBe(1);
    const issue = await world.publish(W44);
    expect([prepared.number, issue.number, issue.id]).toEqual([1, 2, prepared.id]);
    expect(issue.files[0]?.name).toContain('第2期');
    expect((await world.verify()).faults).toEqual([]);
  });

  it('keeps its place where another week was published while it was being made', async () => {
    await world.prepare(W43);
    let preparing = Promise.resolve<WholeIssueView | undefined>(undefined);
    // Campaigns are read while its files are made, after its number was taken.
    const { cases } = world.notices;
    await whileLocked(cases, 'LOCK TABLE campaign_revisions', [], async () => {
      preparing = world.prepare(W44);
      await untilWaiting(cases, 1);
      expect((await world.publish(W43)).number).toBe(1);
      world.later();
    });
    const prepared = await preparing;
    expect(prepared?.number).toBe(2);
    expect(await world.publish(W44)).toMatchObject({ id: prepared?.id, number: 2 });
    expect((await world.verify()).faults).toEqual([]);
  });

  it('is approved by somebody else where the policy says so', async () => {
    expect((await world.policy({ needsAnother: true })).status).toBe(201);
    expect(await refusal(W44, 'publish')).toEqual([409, 'PREPARE_FIRST']);
    await world.prepare(W44);
    expect(await refusal(W44, 'publish')).toEqual([403, 'OWN_ISSUE']);
    const issue = await world.publish(W44, world.other);
    expect(issue.preparedBy).not.toBe(issue.publishedBy);
    await world.withdraw(issue.id);
    const again = await world.weekly(W44, 'reissue', { reason: '更正企业归属' });
    expect(again.body).toMatchObject({ state: 'prepared', replaces: issue.id });
    expect(await world.publish(W44, world.other)).toMatchObject({ number: 2, replaces: issue.id });
  });
});

describe('an issue that is withdrawn', () => {
  it('stays, says so, and gives way to another one, for a reason', async () => {
    const { id } = await world.publish(W44);
    expect((await world.officer.post(`/statistics/issues/${id}/withdraw`, {})).status).toBe(400);
    expect((await world.officer.post(`/statistics/issues/${id}/withdraw`, { reason: '   ' })).status).toBe(
      400,
    );
    const withdrawn = await world.withdraw(id);
    expect(withdrawn).toMatchObject({ state: 'withdrawn', number: 1, withdrawalReason: '数据有误' });
    const twice = await world.officer.post(`/statistics/issues/${id}/withdraw`, { reason: '数据有误' });
    expect([twice.status, twice.body['code']]).toEqual([409, 'ISSUE_WITHDRAWN']);
    expect((await table(W44)).issue).toBeNull();
    expect(await refusal(W44, 'publish')).toEqual([409, 'WEEK_WITHDRAWN']);
    expect((await world.weekly(W44, 'reissue')).status).toBe(400);
    const again = await world.weekly(W44, 'reissue', { reason: '更正企业归属' });
    expect(again).toMatchObject({ status: 201, body: { number: 2, replaces: id, reason: '更正企业归属' } });
    expect((await world.officer.get(`/statistics/issues/${id}/files/csv`)).status).toBe(200);
    expect(await world.verify()).toMatchObject({ issues: 2, faults: [] });
    const trail = await world.query<{ type: string }>(
      `SELECT type FROM audit_events WHERE subject_kind = 'bulletin_issue' AND type LIKE 'issue_%' AND subject_id = ANY($1)
        ORDER BY sequence`,
      [[id, again.body['id']]],
    );
    expect(trail.map(({ type }) => type)).toEqual(['issue_published', 'issue_withdrawn', 'issue_published']);
  });
});

describe('what is learnt of a published week', () => {
  it('is stated in the next issue, once, and again only where it was not stated after all', async () => {
    const first = await world.publish(W43);
    await world.lateEntry('2021-10-27 10:00');
    const second = await world.publish(W44);
    const corrected = second.corrections.find(
      ({ subject, by, key, column }) =>
        subject === 'case' && by === 'reportingUnit' && key === 'total' && column === 'assigned',
    );
    expect(corrected).toMatchObject({ week: W43, issueNumber: first.number });
    expect((corrected?.now ?? 0) - (corrected?.was ?? 0)).toBe(1);
    expect(new Set(second.corrections.map(({ week }) => week))).toEqual(new Set([W43]));
    const third = await world.publish(W45);
    expect(third.corrections).toEqual([]);
    await world.withdraw(third.id);
    await world.withdraw(second.id);
    world.later();
    const again = await world.weekly(W44, 'reissue', { reason: '更正' });
    expect(again.body).toMatchObject({ number: 4, corrections: second.corrections });
  });

  it('is not stated twice when two issues were prepared before', async () => {
    await world.publish(W43);
    await world.lateEntry('2021-10-27 10:00');
    await world.prepare(W44);
    const prepared = await world.prepare(W45);
    const stated = (await world.publish(W44)).corrections.length;
    const issue = await world.publish(W45);
    expect([prepared.corrections.length, issue.corrections.length]).toEqual([stated, 0]);
    expect((await world.verify()).faults).toEqual([]);
  });
});

describe('a week of which the figures do not reconcile', () => {
  it('is refused, where one table has another total, each of them sound in itself', async () => {
    await table(W44);
    const add = (n: number) =>
      world.query(
        `UPDATE tally_cells SET ever_on_books = ever_on_books + $1, gone = gone + $1
          WHERE cut_by = 'leadDepartment' AND subject_kind = 'case' AND assigned > 0`,
        [n],
      );
    await add(1);
    expect((await world.officer.get(`/statistics/weekly/${W44}?by=leadDepartment`)).status).toBe(200);
    const answer = await world.weekly(W44, 'publish');
    expect(answer).toMatchObject({
      status: 409,
      body: { code: 'TABLE_NOT_RECONCILED', params: { row: 'total of case by leadDepartment' } },
    });
    expect(await world.issues()).toEqual([]);
    await add(-1);
  });

  // The last, for nothing reconciles after it.
  it('is refused, with the row, and nothing is stored', async () => {
    const id = await world.lateEntry('2021-11-04 10:00');
    await world.pastTriggers(
      `INSERT INTO case_events (id, chain_id, sequence, subject_id, subject_kind, type, effective_at, recorded_at,
                                actor_kind, payload, hash)
       SELECT gen_random_uuid(), chain_id, sequence + 1, subject_id, subject_kind, 'resolved', effective_at,
              recorded_at, 'system', '{"outcome": "none", "assignmentId": null}', ''
         FROM case_events WHERE subject_id = '${id}' AND type = 'assigned'`,
    );
    const answer = await world.weekly(W44, 'publish');
    expect(answer).toMatchObject({
      status: 409,
      body: { code: 'TABLE_NOT_RECONCILED', params: { row: expect.any(String) } },
    });
    expect(await world.issues()).toEqual([]);
  });
});
