import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestApp, type TestApp } from '../support/test-app.js';

interface Content {
  schema?: unknown;
}
interface Operation {
  operationId?: string;
  summary?: string;
  description?: string;
  tags?: string[];
  security?: unknown[];
  parameters?: Array<{ name: string; in: string; description?: string; required?: boolean }>;
  responses: Record<string, { content?: Record<string, Content> }>;
}
interface Document {
  openapi: string;
  info: { contact?: object };
  servers: unknown[];
  tags: Array<{ name: string; description?: string }>;
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, unknown> };
}

let world: TestApp;
let document: Document;
let operations: Array<{ name: string; path: string; method: string; operation: Operation }>;

beforeAll(async () => {
  world = await createTestApp();
  const response = await fetch(`${world.url}/api/openapi.json`);
  document = (await response.json()) as Document;
  operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      name: `${method.toUpperCase()} ${path}`,
      path,
      method,
      operation,
    })),
  );
});
afterAll(() => world.close());

/** Names of the operations of which `isWanting` holds. */
const wanting = (isWanting: (operation: Operation) => boolean): string[] =>
  operations.filter(({ operation }) => isWanting(operation)).map(({ name }) => name);

describe('the OpenAPI document', () => {
  it('is of version 3.1, with a server, a contact and a tag for all it names', () => {
    expect(document.openapi).toMatch(/^3\.1\./);
    expect(document.servers).toHaveLength(1);
    expect(document.info.contact).toBeDefined();
    const used = new Set(operations.flatMap(({ operation }) => operation.tags ?? []));
    const told = document.tags.filter(({ description }) => description !== undefined).map(({ name }) => name);
    expect([...used].filter((tag) => !told.includes(tag))).toEqual([]);
  });

  it('names, sums up and sorts every operation, and says who may call it', () => {
    expect(operations.length).toBeGreaterThan(100);
    const ids = operations.map(({ operation }) => operation.operationId ?? '');
    expect(ids.filter((id, index) => id === '' || ids.indexOf(id) !== index)).toEqual([]);
    expect(wanting(({ summary = '' }) => summary === '')).toEqual([]);
    expect(wanting(({ tags = [] }) => tags.length !== 1)).toEqual([]);
    expect(wanting(({ description = '' }) => !/Open to(:| everyone)/.test(description))).toEqual([]);
  });

  it('tells of every answer: what comes on success, and problem documents on refusal', () => {
    const isTold = ({ responses }: Operation): boolean => {
      const good = Object.entries(responses).filter(([status]) => status.startsWith('2'));
      return (
        good.length > 0 &&
        good.every(
          ([status, { content = {} }]) =>
            status === '204' || Object.values(content).some(({ schema }) => schema !== undefined),
        )
      );
    };
    expect(wanting((operation) => !isTold(operation))).toEqual([]);
    const problem = { $ref: '#/components/schemas/Problem' };
    expect(
      wanting(({ responses }) =>
        ['4XX', '5XX'].some((status) => {
          const schema = responses[status]?.content?.['application/problem+json']?.schema;
          return JSON.stringify(schema) !== JSON.stringify(problem);
        }),
      ),
    ).toEqual([]);
  });

  it('describes every parameter, and asks for If-Match where a change needs it', () => {
    expect(
      wanting(({ parameters = [] }) => parameters.some(({ description = '' }) => description === '')),
    ).toEqual([]);
    const patches = operations.filter(({ method }) => method === 'patch');
    const without = patches.filter(
      ({ operation }) => !operation.parameters?.some(({ name, required }) => name === 'If-Match' && required),
    );
    expect(without.map(({ name }) => name)).toEqual([]);
  });

  it('says of fields what the validation holds them to, also inside lists and of parameters', () => {
    const fieldsOf = (name: string): unknown => Object(document.components.schemas[name]).properties;
    expect(fieldsOf('PlanBody')).toMatchObject({ measures: { minItems: 1, maxItems: 50 } });
    expect(fieldsOf('MeasureBody')).toMatchObject({ what: { maxLength: 500, pattern: '\\S' } });
    expect(fieldsOf('ProgressNoteBody')).toMatchObject({ fileIds: { uniqueItems: true } });
    expect(fieldsOf('ProductionReportBody')).toMatchObject({
      month: { pattern: expect.any(String) },
      productionDays: { type: 'integer', minimum: 0, maximum: 60 },
    });
    const reminders = document.paths['/api/v1/reminders']?.['get']?.parameters ?? [];
    expect(reminders.find(({ name }) => name === 'rung')).toMatchObject({
      schema: { items: { pattern: '^[a-z][a-z_]{0,39}$' } },
    });
    expect(reminders.find(({ name }) => name === 'cursor')).toMatchObject({ schema: { maxLength: 1000 } });
  });

  it('names the media types that files come as', () => {
    const content = document.paths['/api/v1/files/{id}']?.['get']?.responses['200']?.content ?? {};
    expect(Object.keys(content)).toEqual(['application/octet-stream']);
  });

  it('refers to nothing that is not there, and holds nothing that nobody refers to', () => {
    const references = new Set(
      [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map((match) => match[1] ?? ''),
    );
    const there = Object.keys(document.components.schemas).map((name) => `#/components/schemas/${name}`);
    expect([...references].filter((reference) => !there.includes(reference))).toEqual([]);
    expect(there.filter((schema) => !references.has(schema))).toEqual([]);
  });

  it('tells of every route of the running router, and of no other', () => {
    const documented = operations.map(({ name }) => name.replaceAll(/\{(\w+)\}/g, ':$1'));
    const served = routesOf(world.app.getHttpAdapter().getInstance().printRoutes({ commonPrefix: false }));
    expect(served.length).toBeGreaterThan(100);
    expect(documented.toSorted()).toEqual(served.toSorted());
  });
});

/** `METHOD /path` of the API's routes, read from the router's own picture of its tree. */
function routesOf(tree: string): string[] {
  const parents: string[] = [];
  return tree.split('\n').flatMap((line) => {
    const drawn = /^((?:│ {3}| {4})*)[├└]── (.*?)(?: \(([A-Z, ]+)\))?$/.exec(line);
    if (drawn === null) return [];
    const [, indent = '', segment = '', methods = ''] = drawn;
    const depth = indent.length / 4;
    parents.length = depth;
    const path = parents.join('') + segment;
    parents.push(segment);
    if (!path.startsWith('/api/v1/')) return [];
    return methods
      .split(', ')
      .filter((method) => method !== '' && method !== 'HEAD' && method !== 'OPTIONS')
      .map((method) => `${method} ${path}`);
  });
}
