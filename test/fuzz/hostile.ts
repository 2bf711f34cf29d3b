import { gzipSync } from 'node:zlib';
import type { Draw } from './draw.js';
import { BOUNDARY, type Draft, encoded, type Wire, wireOf } from './requests.js';

const LONE = '\\ud800';
const TEXTS = [
  '\0',
  'a\0b',
  'a'.repeat(100_000),
  '字'.repeat(20_000),
  "'; DROP TABLE cases; --",
  "' OR '1'='1",
  '1 UNION SELECT password_hash FROM accounts',
  '$1',
  '%',
  '_%_',
  '\\',
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  '{{7*7}}${7*7}#{7*7}',
  '=HYPERLINK("http://evil.example","x")',
  '@SUM(1+1)*cmd|" /C calc"!A0',
  '../../../../etc/passwd',
  '..\\..\\windows\\win.ini',
  'http://169.254.169.254/latest/meta-data/',
  'x\r\nX-Injected: yes',
  '\u202eevil\u202c',
  '\ufeff',
  '\uffff',
  'Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍',
  'true',
  'null',
  '__proto__',
  'constructor',
  '999999999999999999999999',
  '1e309',
  '-0',
  'NaN',
  '0x1F',
  '2021-11-31',
  '+275760-09-13',
  'P1Y',
  '0193a1b2-0000-7000-8000-000000000001',
  '('.repeat(5_000),
  `${'a'.repeat(50_000)}!`,
  `${' '.repeat(50_000)}x`,
  '\t\n\r',
];
const JSON_BODIES: Array<(valid: string) => string | Buffer> = [
  (valid) => valid.slice(0, -1),
  (valid) => `${valid},`,
  (valid) => `\ufeff${valid}`,
  (valid) => Buffer.from(valid, 'utf16le'),
  (valid) =>
    Buffer.concat([
      Buffer.from(valid.slice(0, -1)),
      Buffer.from([0x2c, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d]),
    ]),
  (valid) => valid.replace('{', '{"__proto__":{"isAdmin":true},'),
  (valid) => valid.replace('{', '{"constructor":{"prototype":{"isAdmin":true}},'),
  (valid) => valid.replace('{', `{"${LONE}":1,`),
  (valid) => valid.replace(/:"[^"]*"/, `:"${LONE}"`),
  (valid) => valid.replace(/:"[^"]*"/, ':1e999999'),
  (valid) => valid.replace(/:"[^"]*"/, `:${'9'.repeat(5_000)}`),
  (valid) => valid.replace(/:"[^"]*"/, `:${'['.repeat(20_000)}${']'.repeat(20_000)}`),
  (valid) => valid.replace(/:"[^"]*"/, `:${'{"a":'.repeat(17)}1${'}'.repeat(17)}`),
  (valid) => valid.replace('{', `{"a":"${'a'.repeat(1_100_000)}",`),
  (valid) => valid.replace('{', `{${Array.from({ length: 5_000 }, (_, at) => `"k${at}":${at},`).join('')}`),
  (valid) => valid.replace(/("\w+"):/, '$1:1,$1:'),
  (valid) => `[${valid}]`,
  () => '',
  () => 'null',
  () => '"text"',
  () => '[]',
  () => '0',
  () => "{'single': 1}",
  () => '\0',
];
const MEDIA_TYPES = [
  'text/plain',
  'application/xml',
  'application/x-www-form-urlencoded',
  'application/json; charset=utf-16',
  'application/json; charset=latin1',
  'application/json; charset="',
  'application/problem+json',
  'application/jsonp',
  'multipart/form-data',
  `multipart/form-data; boundary=${'b'.repeat(300)}`,
  'multipart/form-data; boundary=""',
  'multipart/mixed; boundary=x',
  '',
  ';',
  'a/b/c',
  'application/json\t',
];
const QUERIES = [
  '__proto__[isAdmin]=1',
  '__proto__=1',
  'constructor=1',
  'toString=1',
  'limit=1&limit=2',
  'limit[]=1',
  'limit=-1',
  'limit=1e1',
  'limit=%EF%BC%91',
  'limit=99999999999999999999',
  'count=exact&count=exact',
  'cursor=',
  'cursor=AAAA',
  'cursor=../../x',
  `cursor=${'A'.repeat(4_000)}`,
  'q=%00',
  'q=%ED%A0%80',
  'q=%',
  'q=%E4%BD',
  'q=%25%25%25',
  'q=%5C',
  `q=${'%25'.repeat(2_000)}`,
  'q[a]=1',
  'q=a&q=b',
  'sort=id;DROP TABLE cases',
  'sort=-dueAt&sort=dueAt',
  'sort=constructor',
  'status=constructor',
  'overdue=yes',
  'asOf=9999999999999',
  'asOf=2021-11-08T09:00:00',
  '=',
  '&&&',
  '%',
  '?',
  Array.from({ length: 1_500 }, (_, at) => `a${at}=1`).join('&'),
];
const IN_PATHS = [
  '%00',
  '%ff',
  '%',
  '%2e%2e',
  '%2e%2e%2f%2e%2e%2fetc',
  '..;',
  '%0d%0aX:1',
  'a'.repeat(199),
  'a'.repeat(3_000),
  '__proto__',
  '%E4%B8%AD',
  '-1',
  'null',
  '0193A1B2-0000-7000-8000-000000000001',
  '%20',
  '*',
  '{id}',
];
const HEADERS: Record<string, Array<string | string[]>> = {
  'if-match': [
    '',
    '""',
    'W/"1"',
    '1',
    '"1", "2"',
    '*,*',
    '"9999999999999999999999"',
    '"\u00ff"',
    '"'.repeat(9_000),
    ['"1"', '"2"'],
  ],
  'idempotency-key': [
    '',
    'short',
    'k'.repeat(201),
    'with space',
    '\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9',
    'repeated-key',
    '__proto__',
    "' OR 1=1 --",
    ['one-key-1', 'one-key-2'],
  ],
  'accept-language': [
    '',
    '*',
    'en;q=NaN',
    'zh;q=-1,en;q=2',
    'x'.repeat(9_000),
    ','.repeat(5_000),
    '__proto__',
    'en-US-u-ca-\u00ff',
    'i-klingon',
  ],
  accept: ['application/xml', '', '*/*;q=0', 'application/json;version=99', '\u00ff'],
  authorization: [
    '',
    'Basic YWRtaW46YWRtaW4=',
    'Bearer',
    'Bearer a.b.c',
    'Bearer eyJhbGciOiJub25lIiwidHlwIjoiYXQrand0In0.eyJzdWIiOiIxIn0.',
    `Bearer ${'a'.repeat(9_000)}`,
    'Bearer \u00ff',
    ['Bearer a', 'Bearer b'],
  ],
  'x-request-id': [
    '',
    'a',
    '<script>',
    'x'.repeat(5_000),
    '\u00ff\u00fe\u00ff\u00fe\u00ff\u00fe\u00ff\u00fe',
    ['aaaaaaaa', 'bbbbbbbb'],
  ],
  'x-forwarded-for': ['127.0.0.1', 'not an address', Array.from({ length: 500 }, () => '::1').join()],
  'content-encoding': ['gzip', 'br', 'x'],
  'accept-encoding': ['gzip;q=NaN', 'identity;q=0'],
  range: ['bytes=0-0', 'bytes=-1', 'bytes=9-1', 'x'],
  'if-none-match': ['*', '"1"'],
  'x-http-method-override': ['DELETE'],
  origin: ['null', 'https://evil.example'],
  host: ['evil.example', 'a b'],
  cookie: ['a=b; __proto__=1', 'x'.repeat(3_000)],
  'x-long': ['x'.repeat(20_000)],
};
const DISPOSITIONS = [
  'name="__proto__"',
  'name="file"; filename="../../etc/passwd"',
  'name="file"; filename="a\r\nb"',
  'name="file"; filename=""',
  'name="file"',
  'name=""',
  '',
  `name="${'n'.repeat(300)}"`,
  'name="file"; filename*=UTF-8\'\'%ff%00',
  `name="file"; filename="${'长'.repeat(500)}.pdf"`,
];

type Attack = (draw: Draw, draft: Draft) => Wire;

const ATTACKS: Record<string, Attack> = {
  text: (draw, draft) => {
    const text = draw.pick(TEXTS);
    const body: unknown = structuredClone(draft.body);
    const set = textPlaces(body);
    const target = draw.between(0, set.length + draft.query.length);
    if (target < set.length) set[target]?.(text);
    else if (target < set.length + draft.query.length)
      draft.query[target - set.length] = [draft.query[target - set.length]?.[0] ?? '', text];
    else
      draft.query.push([draw.pick(['q', 'sort', 'status', 'cursor', 'reportingUnit']), text.slice(0, 3_000)]);
    return fittingUrl(wireOf({ ...draft, body }));
  },
  json: (draw, draft) => {
    const { headers, content } = encoded(draft);
    const sent = draw.pick(JSON_BODIES)(content?.toString() ?? '{}');
    return wireOf(draft, {
      headers: { 'content-type': 'application/json', ...headers },
      content: Buffer.from(sent),
    });
  },
  'media type': (draw, draft) => {
    const wire = wireOf(draft);
    const type = draw.pick(MEDIA_TYPES);
    return {
      ...wire,
      headers: { ...wire.headers, 'content-type': type },
      body: wire.body ?? Buffer.from('a=1'),
    };
  },
  gzip: (_, draft) => {
    const wire = wireOf(draft);
    return {
      ...wire,
      headers: { ...wire.headers, 'content-encoding': 'gzip' },
      body: gzipSync(wire.body ?? '{}'),
    };
  },
  query: (draw, draft) => {
    const wire = wireOf(draft);
    const query = draw.pick(QUERIES).replaceAll(' ', '%20');
    return { ...wire, path: `${wire.path}${wire.path.includes('?') ? '&' : '?'}${query}` };
  },
  path: (draw, draft) => {
    const wire = wireOf(draft);
    const segments = wire.path.split('?')[0]?.split('/') ?? [];
    segments[draw.between(3, segments.length)] = draw.pick(IN_PATHS);
    return { ...wire, path: segments.join('/') };
  },
  header: (draw, draft) => {
    const wire = wireOf(draft);
    const name = draw.pick(Object.keys(HEADERS));
    return { ...wire, headers: { ...wire.headers, [name]: draw.pick(HEADERS[name] ?? []) } };
  },
  multipart: (draw, draft) => {
    const part = (disposition: string, content: string): string =>
      `--${BOUNDARY}\r\nContent-Disposition: form-data; ${disposition}\r\n\r\n${content}\r\n`;
    const end = `--${BOUNDARY}--\r\n`;
    const whole = part(draw.pick(DISPOSITIONS), draw.pick(TEXTS)) + end;
    const file = part('name="file"; filename="a.pdf"', '%PDF-1.7');
    const bodies = [
      '',
      end,
      whole,
      whole.slice(0, -6),
      whole.slice(0, 40),
      whole.replace(/\r\n\r\n/, '\r\n'),
      part('name="kind"', 'x'.repeat(20_000)) + end,
      Array.from({ length: 40 }, (_, at) => part(`name="f${at}"`, 'x')).join('') + end,
      file + file + end,
      part('name="mode"', 'preview') + part('name="mode"', 'commit') + file + end,
      file.replace('\r\n\r\n', `\r\n${'X-Header: 1\r\n'.repeat(200)}\r\n`) + end,
      file.replace('\r\n\r\n', '\r\nContent-Transfer-Encoding: base64\r\n\r\n') + end,
      file.replace('\r\n\r\n', '\r\nContent-Type: multipart/mixed; boundary=inner\r\n\r\n') + end,
    ];
    const headers = { 'content-type': `multipart/form-data; boundary=${BOUNDARY}` };
    return wireOf(draft, { headers, content: Buffer.from(draw.pick(bodies)) });
  },
  method: (draw, draft) => ({
    ...wireOf(draft),
    method: draw.pick(['PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE', 'PROPFIND', 'HEAD']),
  }),
};

/** One hostile thing done to a valid draft. @returns its name besides */
export function attack(draw: Draw, draft: Draft): { name: string; wire: Wire } {
  const { body } = draft.operation;
  const isJson = body?.mediaType === 'application/json';
  const fitting = Object.keys(ATTACKS).filter(
    (name) =>
      (name !== 'json' || isJson || draw.chance(20)) &&
      (name !== 'multipart' || (body !== null && !isJson) || draw.chance(10)),
  );
  const name = draw.pick(isJson && draw.chance(30) ? ['json', 'text'] : fitting);
  const attacked = ATTACKS[name]?.(draw, draft);
  if (attacked === undefined) throw new Error(`no attack ${name}`);
  return { name, wire: attacked };
}

/** Each puts a text in the place of one that is there. */
function textPlaces(value: unknown): Array<(text: string) => void> {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return [];
  const fields: Record<string, unknown> = Object(value);
  return Object.keys(fields).flatMap((name) =>
    typeof fields[name] === 'object' && fields[name] !== null
      ? textPlaces(fields[name])
      : [(text: string) => void (fields[name] = text)],
  );
}

/** A line that no HTTP client sends is cut by Node before it is ours: kept below. */
const fittingUrl = (wire: Wire): Wire => ({
  ...wire,
  path: wire.path.slice(0, 12_000).replace(/%[\dA-F]?$/, ''),
});
