import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { ImportsService } from '../../src/intake/imports.service.js';
import { AppConfig } from '../../src/platform/config/app-config.js';
import { CaseFileStory, type Items, refusal } from '../support/case-file-story.js';
import { S3Server } from '../support/s3-server.js';

const CONTENT = '%PDF-1.7 用电证明';
const FORM = { kind: 'electricity_bill', source: 'grid' };

describe('evidence in an object storage', () => {
  let s3: S3Server;
  let story: CaseFileStory;

  beforeAll(async () => {
    s3 = await S3Server.start();
    story = await CaseFileStory.open(s3.environment);
  });
  afterEach(() => {
    s3.trouble = null;
    s3.objects.clear();
  });
  afterAll(async () => {
    await story.close();
    await s3.stop();
  });

  const send = (id: string, headers: Record<string, string> = {}) =>
    story.lead.upload<{ id: string; sha256: string }>(
      `/cases/${id}/files`,
      FORM,
      new Blob([CONTENT]),
      '证明.pdf',
      headers,
    );
  const onDisk = (): Promise<string[]> =>
    readdir(path.join(story.world.app.get(AppConfig).filesDir, 'incoming')).catch(() => []);

  it('is kept by its hash and downloaded from there', async () => {
    const { id } = await story.inProgress();
    const { status, body } = await send(id);
    expect([status, [...s3.objects.keys()], await onDisk()]).toEqual([201, [body.sha256], []]);
    const back = await story.lead.get<string>(`/files/${body.id}`);
    expect([back.body, back.headers.get('content-length')]).toEqual([
      CONTENT,
      String(Buffer.byteLength(CONTENT)),
    ]);
    expect(back.headers.get('content-security-policy')).toBe("default-src 'none'; sandbox");
  });

  it('is there whole or not at all while the storage is away, and taken when it is back', async () => {
    const { id } = await story.inProgress();
    const before = await story.events(id);
    s3.trouble = 'failing';
    const key = { 'idempotency-key': 'one-upload-1' };
    const away = await send(id, key);
    expect([refusal(away), away.headers.get('retry-after')]).toEqual(['503 FILE_STORE_AWAY', '5']);
    expect((await story.lead.get<Items<unknown>>(`/cases/${id}/files`)).body.items).toEqual([]);
    expect([await story.events(id), await onDisk(), s3.objects.size]).toEqual([before, [], 0]);
    s3.trouble = null;
    const { status, body } = await send(id, key);
    expect([status, await story.events(id)]).toEqual([201, [...before, 'file_added']]);
    s3.trouble = 'failing';
    expect(refusal(await story.lead.get(`/files/${body.id}`))).toBe('503 FILE_STORE_AWAY');
  });

  it('is not given in half', async () => {
    const { id } = await story.inProgress();
    const { body } = await send(id);
    s3.trouble = 'breaking_off';
    await expect(story.lead.get(`/files/${body.id}`)).rejects.toThrow();
  });

  it('holds ledger workbooks too', async () => {
    const imports = story.world.app.get(ImportsService);
    const ledger = path.join(import.meta.dirname, '../fixtures/ledger-2021-11.xlsx');
    const take = () =>
      imports.runNow({
        fileName: 'ledger.xlsx',
        content: createReadStream(ledger),
        mode: 'preview',
        onError: 'keep_valid',
        createdBy: null,
      });
    const id = await take();
    expect([(await imports.get(id)).status, s3.objects.size, await onDisk()]).toEqual(['done', 1, []]);
    const report = await story.office.get<string>(`/imports/${id}/report.xlsx`);
    expect([report.status, report.body.startsWith('PK'), await onDisk()]).toEqual([200, true, []]);
    s3.trouble = 'failing';
    await expect(take()).rejects.toMatchObject({ code: 'FILE_STORE_AWAY' });
    expect(await onDisk()).toEqual([]);
  });

  it('asks nothing of it for who may not add the file', async () => {
    const { id } = await story.inProgress();
    const asked = s3.asked.length;
    const path = `/cases/${id}/files`;
    const answer = await story.stranger.upload(path, FORM, new Blob([CONTENT]), '证明.pdf');
    expect([refusal(answer), s3.asked.length]).toEqual(['404 NOT_FOUND', asked]);
  });
});
