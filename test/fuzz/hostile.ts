import { gzipSync } from 'node:zlib';
import type { Draw } from './draw.js';
import { BOUNDARY, type Draft, encoded, type Wire, wireOf } from './requests.js';
import {
  DISPOSITIONS,
  HEADERS,
  IN_PATHS,
  JSON_BODIES,
  MEDIA_TYPES,
  QUERIES,
  TEXTS,
} from './hostile-content.js';

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
