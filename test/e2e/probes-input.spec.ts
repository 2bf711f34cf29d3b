import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Operation, Operations, RoleClients, type Schema } from '../support/operations.js';
import { type RawAnswer, rawRequest } from '../support/raw-http.js';
import { Client, createTestApp, type TestApp } from '../support/test-app.js';

interface Problem {
  code?: string;
  errors?: Array<{ pointer: string; code: string }>;
}

let world: TestApp;
let operations: Operations;
let clients: RoleClients;
let withBody: Operation[];
/** Gateways push lists as well. */
let withObject: Operation[];
let reading: Operation[];

beforeAll(async () => {
  world = await createTestApp();
  operations = await Operations.of(world);
  clients = new RoleClients(world, new Client(world.url, null));
  withBody = operations.all.filter(({ body }) => body !== undefined);
  withObject = withBody.filter(({ body }) => body?.type !== 'array' && body?.oneOf === undefined);
  reading = operations.all.filter(({ method, roles }) => method === 'GET' && roles.length > 0);
});
afterAll(() => world.close());

const isToldOf = ({ errors }: Problem, name: string): boolean =>
  errors?.some(({ pointer }) => pointer.startsWith(`/${name}`)) === true;

const nameOf = ({ method, template }: Operation): string => `${method} ${template}`;

async function send(
  operation: Operation,
  body?: string | Buffer,
  headers: Record<string, string> = {},
  query = '',
): Promise<RawAnswer & { problem: Problem }> {
  const { token } = await clients.allowed(operation);
  const answer = await rawRequest(world.url, operation.path + query, {
    method: operation.method,
    headers: {
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json', 'if-match': '"1"' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body }),
  });
  const isProblem = answer.headers['content-type']?.startsWith('application/problem+json') === true;
  return { ...answer, problem: isProblem ? (JSON.parse(answer.text) as Problem) : {} };
}

/** Sends the same to many, and tells of every answer that is another. */
async function expectAll(
  asked: readonly Operation[],
  expected: readonly [status: number, ...codes: string[]],
  ask: (operation: Operation) => Promise<RawAnswer & { problem: Problem }>,
): Promise<void> {
  const [status, ...codes] = expected;
  const others: unknown[] = [];
  for (const operation of asked) {
    const answer = await ask(operation);
    const { code = '' } = answer.problem;
    if (answer.status !== status || (codes.length > 0 && !codes.includes(code)))
      others.push([nameOf(operation), answer.status, code]);
  }
  expect(asked.length).toBeGreaterThan(10);
  expect(others).toEqual([]);
}

describe('the body of every operation', () => {
  it.each<[string, string, number, string[]]>([
    ['is JSON to its end', '{"note":', 400, ['BODY_MALFORMED']],
    ['is JSON and nothing more', '{} {}', 400, ['BODY_MALFORMED']],
    ['is JSON, not what a script takes for it', "{note: 'a'}", 400, ['BODY_MALFORMED']],
    ['has no numbers that are none', '{"note":NaN}', 400, ['BODY_MALFORMED']],
    ['is there', '', 400, ['BODY_MALFORMED']],
    ['is an object: no list', '[]', 400, ['BODY_NOT_OBJECT']],
    ['is an object: no list of them', '[{}]', 400, ['BODY_NOT_OBJECT']],
    ['is an object: no text', '"text"', 400, ['BODY_NOT_OBJECT']],
    ['is an object: no number', '1e400', 400, ['BODY_NOT_OBJECT']],
    ['holds no NUL', '{"x":"a\\u0000"}', 400, ['TEXT_INVALID']],
    ['holds no first half of a pair', '{"x":"\\ud83d"}', 400, ['TEXT_INVALID']],
    ['holds no second half of a pair', '{"x":"\\ude00\\ud83d"}', 400, ['TEXT_INVALID']],
    ['holds none deep down', '{"x":[{"y":["\\u0000"]}]}', 400, ['TEXT_INVALID']],
    ['holds none in a name', '{"\\ud800":1}', 400, ['TEXT_INVALID']],
    ['is not deep', `{"x":${'['.repeat(30)}${']'.repeat(30)}}`, 400, ['BODY_TOO_DEEP']],
    ['is not very deep', `{"x":${'{"x":'.repeat(9_000)}1${'}'.repeat(9_000)}}`, 400, ['BODY_TOO_DEEP']],
    ['is not long', `{"x":"${'a'.repeat(1_048_576)}"}`, 413, ['BODY_TOO_LARGE']],
  ])('%s', (_what, body, status, codes) =>
    expectAll(codes.includes('BODY_NOT_OBJECT') ? withObject : withBody, [status, ...codes], (one) =>
      send(one, body),
    ),
  );

  it.each([
    'text/plain',
    'text/json',
    'application/xml',
    'text/xml',
    'application/x-www-form-urlencoded',
    'application/octet-stream',
    'application/jsonp',
    'application/x-yaml',
    'multipart/form-data; boundary=x',
    'application/json, text/plain',
    'nonsense',
  ])('is not of type %s', (type) =>
    expectAll(withBody, [415, 'MEDIA_TYPE_UNSUPPORTED'], (one) => send(one, '{}', { 'content-type': type })),
  );

  it('is not as deep as it may be long', async () => {
    const [operation] = withObject;
    if (operation === undefined) throw new Error('nothing has a body');
    const body = `{"x":${'{"x":'.repeat(90_000)}1${'}'.repeat(90_000)}}`;
    expect(await send(operation, body)).toMatchObject({ status: 400, problem: { code: 'BODY_TOO_DEEP' } });
  });

  it('is refused where a field is of another kind', async () => {
    const taken: unknown[] = [];
    let tried = 0;
    for (const operation of withBody) {
      const kinds = Object.entries(operations.properties(operation.body)).map(
        ([name, property]) => [name, wrongFor(property)] as const,
      );
      const rounds = Math.max(0, ...kinds.map(([, texts]) => texts.length));
      for (let round = 0; round < rounds; round += 1) {
        const wrong = kinds.flatMap(([name, { [round]: text }]) =>
          text === undefined ? [] : [{ name, text }],
        );
        tried += wrong.length;
        const { status, problem } = await send(
          operation,
          `{${wrong.map(({ name, text }) => `"${name}":${text}`).join(',')}}`,
        );
        // Each of them is told, by itself; rows of a bulk only once the rest of the body is right.
        for (const { name, text } of wrong) {
          if (status === 400 && isToldOf(problem, name)) continue;
          const alone = await send(operation, `{"${name}":${text}}`);
          if (alone.status !== 400 || !isToldOf(alone.problem, name))
            taken.push([nameOf(operation), name, text, alone.status, alone.problem.code]);
        }
      }
    }
    expect(tried).toBeGreaterThan(500);
    expect(taken).toEqual([]);
  });

  it('is read as any JSON reader does where a name comes twice: the last counts, and is checked', async () => {
    const [operation] = withBody.filter(({ template }) => template.endsWith('/cases'));
    if (operation === undefined) throw new Error('no POST /cases');
    const { problem } = await send(operation, '{"distressType":"stalled","distressType":7}');
    expect(problem.errors).toContainEqual(expect.objectContaining({ pointer: '/distressType' }));
  });

  it('of bytes that are no text breaks nothing', () =>
    expectAll(withObject, [400, 'VALIDATION_FAILED'], (one) =>
      send(one, Buffer.from([0x7b, 0x22, 0xed, 0xa0, 0x80, 0xff, 0xc0, 0xaf, 0x22, 0x3a, 0x31, 0x7d])),
    ));
});

/** JSON of values that a field of this kind does not hold. */
function wrongFor(property: Schema): string[] {
  const resolved = operations.resolve(property);
  const types = [resolved.type ?? []].flat();
  if (resolved.properties !== undefined) return ['[]', '[{}]', '[[]]', '"a"', '1', 'true'];
  const wrong = ['{"a":1}', '{"toString":1}', '[[]]', '[[[]]]', '[[{"a":1}]]'];
  if (types.includes('string')) wrong.push('1', '1e400', 'true', '[]', '["a"]');
  if (types.includes('number') || types.includes('integer'))
    wrong.push('1e400', '-1e400', '"1"', '"1e1"', '[1]', '1e308', '-99999999999999999999');
  if (types.includes('integer')) wrong.push('1.5', '1e-9');
  if (types.includes('boolean')) wrong.push('"true"', '1', '[]', '"false"');
  if (types.includes('array')) wrong.push('"a"', '1', '{"0":"a","length":1}', '[{"a":[]}]');
  return isFree(resolved) ? [] : wrong;
}

/** What holds whatever one likes, and is checked by what it is for. */
const isFree = (schema: Schema): boolean =>
  [schema.type ?? []].flat().includes('object') || schema.oneOf !== undefined;

describe('the query of every operation', () => {
  it.each([
    ['NUL', '?x=%00'],
    ['NUL in a name', '?a%00=1'],
    ['__proto__', '?__proto__=1'],
    ['__proto__ in brackets', '?__proto__[isAdmin]=1'],
    ['constructor', '?constructor=1'],
    ['an unknown name', '?isAdmin=true'],
    ['a name in brackets', '?limit[$gt]=1'],
    ['a bare name', '?x'],
  ])('holds no %s', (_what, query) => expectAll(reading, [400], (one) => send(one, undefined, {}, query)));

  it('holds each name once, but for lists', async () => {
    const taken: unknown[] = [];
    for (const operation of reading) {
      for (const { name, schema, ...parameter } of operation.parameters) {
        if (parameter.in !== 'query' || [schema?.type ?? []].flat().includes('array')) continue;
        const { status } = await send(operation, undefined, {}, `?${name}=1&${name}=2`);
        if (status !== 400) taken.push([nameOf(operation), name, status]);
      }
    }
    expect(taken).toEqual([]);
  });

  it('that cannot be read breaks nothing', async () => {
    const broken: unknown[] = [];
    for (const operation of reading) {
      for (const query of ['?%', '?%ff=%fe', '?x=%ed%a0%80', '?=&&=', `?${'a=1&'.repeat(1_500)}`]) {
        const { status } = await send(operation, undefined, {}, query);
        if (status >= 500) broken.push([nameOf(operation), query.slice(0, 20), status]);
      }
    }
    expect(broken).toEqual([]);
  });
});

describe('the path and the headers of every operation', () => {
  it.each([
    ['%00', [400]],
    ['a%00', [400]],
    ['%ed%a0%80', [400]],
    ['%ff', [400]],
    ["1'--", [400, 404]],
    ['..%2f..%2fetc%2fpasswd', [400, 404]],
    ['__proto__', [400, 404]],
    ['a'.repeat(250), [400, 404, 414]],
    ['٣', [400, 404]],
  ] as const)('an id is an id: %s', async (id, statuses) => {
    const others: unknown[] = [];
    for (const operation of operations.all.filter(({ template }) => template.includes('{'))) {
      const { token } = await clients.allowed(operation);
      const path = operation.template.replaceAll(/\{\w+\}/g, encodeURI(id).replaceAll('%25', '%'));
      const headers: Record<string, string> = { authorization: `Bearer ${token}` };
      const { status } = await rawRequest(world.url, path, { method: operation.method, headers });
      // A body that is missing may be missed first.
      if (!(statuses as readonly number[]).includes(status) && ![400, 415].includes(status))
        others.push([operation.method, path, status]);
    }
    expect(others).toEqual([]);
  });

  it.each([
    ['if-match', 'W/"1"'],
    ['if-match', '"1", "2"'],
    ['if-match', `"${'9'.repeat(400)}"`],
    ['if-match', '*'],
    ['if-match', '"1e400"'],
    [
      'idempotency-key',
      'ключ'
        .split('')
        .map((letter) => String.fromCharCode(letter.charCodeAt(0) % 256))
        .join(''),
    ],
    ['idempotency-key', 'x'.repeat(5_000)],
    ['idempotency-key', "a'; DROP TABLE cases; --"],
    ['accept-language', `${'zh;q=0.1,'.repeat(1_000)}en`],
    ['accept', 'application/xml'],
    ['x-request-id', "<script>alert('x')</script>"],
    ['range', `bytes=${'0-1,'.repeat(1_000)}`],
    ['expect', 'nothing'],
    ['content-length', '0'],
  ])('%s: %s is refused or passed over, and never told as it came', async (name, value) => {
    const broken: unknown[] = [];
    for (const operation of operations.all.filter(({ path }) => !path.endsWith('/logout'))) {
      const headers = { [name]: value };
      const isEmpty = operation.method === 'GET' || name === 'content-length';
      const answer = await send(operation, isEmpty ? undefined : '{}', headers);
      const told = Object.values(answer.headers).flat().includes(value);
      if (answer.status >= 500 || (told && value !== '0')) broken.push([nameOf(operation), answer.status]);
    }
    expect(broken).toEqual([]);
  });
});
