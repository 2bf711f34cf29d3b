import type { Draw } from './draw.js';
import { type OpenApi, resolved, type Schema, typesOf } from './operations.js';
import type { Draft } from './requests.js';

/** A part of a body, and how to put something else in its place. */
interface Place {
  schema: Schema;
  value: unknown;
  set(value: unknown): void;
  /** Where it may not be left out, and there is something that it can be left out of. */
  remove?: () => void;
}

const OF_NO_TYPE: Record<string, unknown> = {
  string: '十二',
  number: 12.5,
  boolean: true,
  object: { a: 1 },
  array: [1, 'b'],
  null: null,
};

/** Makes one thing of a valid draft wrong, or puts it on its bound. */
export class Mutations {
  constructor(private readonly document: OpenApi) {}

  /** @returns in words what was done */
  mutate(draw: Draw, draft: Draft): string {
    const parameters = draft.operation.parameters.filter((parameter) => parameter.in === 'query');
    if (draft.operation.body !== null && draft.body !== undefined && draw.chance(80))
      return this.body(draw, draft);
    if (draw.chance(20) && Object.keys(draft.path).length > 0) {
      const name = draw.pick(Object.keys(draft.path));
      draft.path[name] = draw.pick([
        '1',
        'not-an-id',
        '0193a1b2-0000-7000-8000-00000000000',
        '2021-W60',
        '%',
        ' ',
      ]);
      return `path ${name}`;
    }
    if (draw.chance(20) && draft.headers['if-match'] !== undefined) {
      if (draw.chance(50)) delete draft.headers['if-match'];
      else draft.headers['if-match'] = '"2147483648"';
      return 'If-Match';
    }
    if (parameters.length === 0 || draw.chance(15)) {
      draft.query.push(['noSuchParameter', '1']);
      return 'an unknown query parameter';
    }
    const { name, schema = {} } = draw.pick(parameters);
    const wrong = draw.pick(this.wrong(draw, resolved(this.document, schema), '十二'));
    draft.query = draft.query.filter(([other]) => other !== name);
    draft.query.push(
      ...[wrong]
        .flat()
        .slice(0, 300)
        .map((one): [string, string] => [name, String(one)]),
    );
    return `query ${name}`;
  }

  private body(draw: Draw, draft: Draft): string {
    const schema = draft.operation.body?.schema ?? {};
    draft.body = structuredClone(draft.body);
    const places = this.places({ schema, value: draft.body, set: (value) => void (draft.body = value) });
    const place = draw.pick(places);
    const plain = resolved(this.document, place.schema);
    if (place.remove !== undefined && draw.chance(25)) {
      place.remove();
      return 'a required field is missing';
    }
    if (typesOf(plain).includes('object') && draw.chance(40)) {
      place.set({ ...Object(place.value), noSuchField: 1 });
      return 'an unknown field';
    }
    const wrong = draw.pick(this.wrong(draw, plain, place.value));
    place.set(wrong);
    return `a value that is ${JSON.stringify(wrong)?.slice(0, 60)}`;
  }

  private places(whole: Place): Place[] {
    const schema = resolved(this.document, whole.schema);
    const { value } = whole;
    if (
      schema.anyOf !== undefined ||
      schema.oneOf !== undefined ||
      typeof value !== 'object' ||
      value === null
    )
      return [whole];
    if (Array.isArray(value)) {
      const items: unknown[] = value;
      return [
        whole,
        ...items.flatMap((item, index) =>
          this.places({
            schema: schema.items ?? {},
            value: item,
            set: (other) => void (items[index] = other),
          }),
        ),
      ];
    }
    const fields: Record<string, unknown> = Object(value);
    const inner = Object.keys(fields).flatMap((name) =>
      this.places({
        schema: schema.properties?.[name] ?? {},
        value: fields[name],
        set: (other) => void (fields[name] = other),
        ...(schema.required?.includes(name) === true && { remove: () => void delete fields[name] }),
      }),
    );
    return [whole, ...inner];
  }

  /** Values past the bounds of a schema, on them, and of other types. */
  private wrong(draw: Draw, schema: Schema, value: unknown): unknown[] {
    const others = Object.values(OF_NO_TYPE);
    const bounds: unknown[] = [];
    const types = typesOf(schema);
    if (types.includes('integer') || types.includes('number')) {
      const { minimum = 0, maximum = 2_147_483_647 } = schema;
      bounds.push(
        minimum,
        minimum - 1,
        maximum,
        maximum + 1,
        0.000_01,
        -0,
        1e21,
        Number.MAX_SAFE_INTEGER,
        '1e3',
      );
    }
    if (types.includes('string')) {
      const { minLength = 0, maxLength = 10_000 } = schema;
      bounds.push(
        '',
        ' ',
        '字'.repeat(maxLength),
        '字'.repeat(maxLength + 1),
        'a'.repeat(Math.max(minLength - 1, 0)),
      );
      if (schema.format !== undefined)
        bounds.push('2021-02-30', '0001-01-01', '9999-12-31', '2021-11-01T25:00:00Z');
      if (schema.enum !== undefined) bounds.push('no_such_value', String(schema.enum[0]).toUpperCase());
    }
    if (types.includes('array')) {
      const { minItems = 0, maxItems = 200 } = schema;
      const items: unknown[] = Array.isArray(value) ? value : [value];
      const many = (count: number): unknown[] =>
        Array.from({ length: Math.max(count, 0) }, () => items[0] ?? null);
      bounds.push(many(minItems - 1), many(maxItems + 1), [...items, ...items], [null], [[]]);
    }
    return bounds.length > 0 && draw.chance(60) ? bounds : others;
  }
}
