import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RegisterFactory } from '../factories/register.js';
import { rawRequest } from '../support/raw-http.js';
import { type Client, createTestApp, type TestApp } from '../support/test-app.js';

let world: TestApp;
let office: Client;
let make: RegisterFactory;

beforeAll(async () => {
  world = await createTestApp();
  make = new RegisterFactory(world.database.dataSource);
  office = await world.as('task_force');
});
afterAll(() => world.close());

async function caseId(): Promise<string> {
  const { id: enterpriseId } = await make.enterprise();
  return (await office.post<{ id: string }>('/cases', { enterpriseId, distressType: 'stalled' })).body.id;
}

/** A form as it is written, its file under a name that no browser would send. */
async function upload(disposition: string): Promise<{ status: number; file: { id: string; name: string } }> {
  const field = (name: string, value: string) =>
    `--x\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
  const body = `${field('kind', 'photo')}${field('source', 'grid')}--x\r\nContent-Disposition: form-data; name="file"; ${disposition}\r\nContent-Type: text/plain\r\n\r\n证据\r\n--x--\r\n`;
  const answer = await rawRequest(world.url, `/api/v1/cases/${await caseId()}/files`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${office.token}`,
      'content-type': 'multipart/form-data; boundary=x',
    },
    body,
  });
  return { status: answer.status, file: JSON.parse(answer.text) as { id: string; name: string } };
}

describe('the name of a file', () => {
  it.each([
    ['filename="../../../etc/passwd"', 'passwd'],
    ['filename="..\\\\..\\\\windows\\\\win.txt"', 'win.txt'],
    ['filename="/etc/passwd"', 'passwd'],
    ['filename="C:\\\\a.txt"', 'a.txt'],
    ['filename=".."', expect.not.stringMatching(/[\\/]/)],
    ['filename="a%0d%0aSet-Cookie: x=1.txt"', expect.not.stringMatching(/[\r\n]/)],
    ['filename="a\u0001\u007fb.txt"', 'ab.txt'],
    [`filename="${'长'.repeat(300)}.txt"`, '长'.repeat(200)],
    [`filename*=UTF-8''%2e%2e%2fb.txt`, 'b.txt'],
    [`filename*=UTF-8''a%00.txt`, expect.not.stringMatching(/\0/)],
    ['filename="报告;x=\'1\'().txt"', `报告;x='1'().txt`],
  ])('%s leads nowhere, and writes no header', async (disposition, name) => {
    const { status, file } = await upload(disposition);
    expect([status, file.name]).toEqual([201, name]);
    const content = await rawRequest(world.url, `/api/v1/files/${file.id}`, {
      headers: { authorization: `Bearer ${office.token}` },
    });
    expect([content.status, content.text]).toEqual([200, '证据']);
    expect(content.headers['content-disposition']).toBe(
      `attachment; filename*=UTF-8''${encodeURIComponent(file.name).replaceAll(/['()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)}`,
    );
    expect(content.headers).not.toHaveProperty('x-injected');
    expect(content.headers).not.toHaveProperty('set-cookie');
    expect([content.headers['cache-control'], content.headers['x-content-type-options']]).toEqual([
      'no-store',
      'nosniff',
    ]);
  });
});

it('a name that is encoded with a line break in it is refused', async () => {
  expect((await upload(`filename*=UTF-8''a%0d%0aX-Injected%3a%201.txt`)).status).toBe(400);
});

describe('what becomes a subject of a letter holds no line break', () => {
  it.each(['\r\nBcc: all@example.com', '\nx', '\r', '\u2028', '\u0085'])(
    'the name of an enterprise with %j',
    async (rest) => {
      const { id, version } = await make.enterprise();
      const answer = await office.patch<{ errors?: Array<{ pointer: string }> }>(
        `/enterprises/${id}`,
        { name: `安康纺织${rest}` },
        { 'if-match': `"${version}"` },
      );
      expect([answer.status, answer.body.errors?.[0]?.pointer]).toEqual([400, '/name']);
    },
  );
});
