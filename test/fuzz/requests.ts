import type { Draw } from './draw.js';
import type { Known, KnownIds } from './known-ids.js';
import type { Operation, Parameter } from './operations.js';
import type { Values } from './values.js';

/** A request as the document understands it. */
export interface Draft {
  operation: Operation;
  /** `null`: nobody is signed in. */
  role: string | null;
  path: Record<string, string>;
  query: Array<[name: string, value: string]>;
  headers: Record<string, string>;
  /** `undefined` where it has none. */
  body: unknown;
}
/** A request as it is sent. */
export interface Wire {
  operation: Operation;
  role: string | null;
  method: string;
  /** With its query, encoded. */
  path: string;
  headers: Record<string, string | string[]>;
  body: Buffer | null;
}

export const BOUNDARY = 'fuzz-boundary-7MA4YWxk';
const squeezed = (name: string): string => name.replaceAll(/[-_]/g, '').toLowerCase();

/** Makes requests that the document allows. */
export class Requests {
  constructor(
    private readonly known: KnownIds,
    private readonly values: Values,
    private readonly roles: readonly string[],
  ) {}

  /** A list without filters. */
  plain(operation: Operation, role: string): Draft {
    const isPage = operation.parameters.some(({ name }) => name === 'limit');
    return {
      operation,
      role,
      path: {},
      query: isPage ? [['limit', '200']] : [],
      headers: {},
      body: undefined,
    };
  }

  valid(draw: Draw, operation: Operation): Draft {
    const { role, path } = this.subject(draw, operation);
    const near = path['id'];
    const draft: Draft = { operation, role, path, query: [], headers: {}, body: undefined };
    for (const parameter of operation.parameters) this.fill(draw, draft, parameter, near);
    if (operation.body !== null) draft.body = this.values.valid(draw, operation.body.schema, '', near);
    return draft;
  }

  /** Whom the request is about, and by whom: one who may do it now, where anyone is known who may. */
  private subject(draw: Draw, operation: Operation): Pick<Draft, 'role' | 'path'> {
    const segments = operation.path.split('/');
    const names = segments
      .filter((segment) => segment.startsWith('{'))
      .map((segment) => segment.slice(1, -1));
    const path: Record<string, string> = {};
    let role = this.caller(draw, operation);
    let parent: string | undefined;
    for (const name of names.toReversed()) {
      const schema = operation.parameters.find(
        (parameter) => parameter.in === 'path' && parameter.name === name,
      );
      const kind = segments[segments.indexOf(`{${name}}`) - 1] ?? '';
      const all = this.known.of(kind);
      if (schema?.schema?.format !== 'uuid' || (all.length === 0 && parent === undefined)) {
        path[name] = String(this.values.valid(draw, schema?.schema ?? {}, name));
        continue;
      }
      const action = squeezed(segments.at(-1) ?? '');
      const ready = all.filter(({ actions }) => [...actions.values()].some((some) => mayBe(some, action)));
      const chosen: Known | undefined =
        parent === undefined || draw.chance(5)
          ? draw.pick(ready.length > 0 && draw.chance(80) ? ready : all)
          : undefined;
      path[name] = chosen?.id ?? parent ?? '';
      parent = chosen?.parent;
      const by = [...(chosen?.actions ?? [])].find(([, some]) => mayBe(some, action))?.[0];
      const seers = operation.roles.filter((one) => chosen?.seenBy.has(one) === true);
      if (draw.chance(80)) role = by ?? (seers.length > 0 ? draw.pick(seers) : role);
    }
    return { role, path };
  }

  private caller(draw: Draw, { roles }: Operation): string | null {
    if (draw.chance(4)) return null;
    if (roles.length === 0 || draw.chance(6)) return draw.pick(this.roles);
    return roles.includes('task_force') && draw.chance(50) ? 'task_force' : draw.pick(roles);
  }

  private fill(draw: Draw, draft: Draft, parameter: Parameter, near: string | undefined): void {
    const { name, required = false, schema = {} } = parameter;
    if (parameter.in === 'path') return;
    if (name === 'If-Match') {
      const version = this.known.find(near ?? '')?.version ?? 1;
      if (required || draw.chance(20)) draft.headers['if-match'] = draw.chance(50) ? '*' : `"${version}"`;
      return;
    }
    // A cursor comes from an answer; forged ones are for the hostile.
    if (name === 'cursor' || !(required || draw.chance(30))) return;
    const value = this.values.valid(draw, schema, name, near);
    if (parameter.in === 'header') draft.headers[name.toLowerCase()] = String(value);
    else for (const one of [value].flat()) draft.query.push([name, String(one)]);
  }
}

const mayBe = (actions: ReadonlySet<string>, action: string): boolean =>
  [...actions].some((one) => squeezed(one) === action);

/** @param body instead of the draft's own, with its headers */
export function wireOf(draft: Draft, body = encoded(draft)): Wire {
  const { operation, role, query } = draft;
  const path = operation.path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(draft.path[name] ?? ''),
  );
  const search = query
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
    .join('&');
  return {
    operation,
    role,
    method: operation.method,
    path: search === '' ? path : `${path}?${search}`,
    headers: { ...body.headers, ...draft.headers },
    body: body.content,
  };
}

export function encoded({ operation, body }: Pick<Draft, 'operation' | 'body'>): {
  headers: Record<string, string>;
  content: Buffer | null;
} {
  if (body === undefined) return { headers: {}, content: null };
  if (operation.body?.mediaType !== 'multipart/form-data')
    return { headers: { 'content-type': 'application/json' }, content: Buffer.from(JSON.stringify(body)) };
  const parts = Object.entries(Object(body)).flatMap(([name, value]) => {
    const content = ArrayBuffer.isView(value)
      ? Buffer.from(value.buffer, value.byteOffset, value.byteLength)
      : Buffer.from(String(value));
    const fileName = content.toString('latin1', 0, 2) === 'PK' ? '台账.xlsx' : '附件.pdf';
    const file = name === 'file' ? `; filename="${fileName}"\r\nContent-Type: application/octet-stream` : '';
    return [
      `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"${file}\r\n\r\n`,
      content,
      '\r\n',
    ];
  });
  return {
    headers: { 'content-type': `multipart/form-data; boundary=${BOUNDARY}` },
    content: Buffer.concat([...parts, `--${BOUNDARY}--\r\n`].map((part) => Buffer.from(part))),
  };
}
