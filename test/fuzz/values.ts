import * as fc from 'fast-check';
import type { Draw } from './draw.js';
import { kindOf, type KnownIds } from './known-ids.js';
import { type OpenApi, resolved, type Schema, typesOf } from './operations.js';

/** What no schema can say, by the name of its property: passwords that are somebody's, check characters, files. */
export type KnownValues = Record<string, (draw: Draw) => unknown>;

const WORDS = [
  '停产',
  '电力',
  '用地指标',
  'works',
  'Ankang',
  '…',
  '“引号”',
  '第3期',
  'naïve',
  '𠮷',
  '🏭',
  '\n',
  '\t',
];
/** The fuzz is set on 1 November 2021, and most of what is to be valid lies about that day. */
const NEAR_DAYS = {
  min: new Date('2021-10-22T00:00:00Z'),
  max: new Date('2021-11-26T00:00:00Z'),
  noInvalidDate: true,
};
const DAYS = {
  min: new Date('2021-10-01T00:00:00Z'),
  max: new Date('2022-01-31T00:00:00Z'),
  noInvalidDate: true,
};
const MOST_ITEMS = 3;

/** Makes values that a schema allows. */
export class Values {
  constructor(
    private readonly document: OpenApi,
    private readonly known: KnownIds,
    private readonly own: KnownValues,
  ) {}

  /** @param near id of what the request is about: things that belong to it are taken rather than others */
  valid(draw: Draw, schema: Schema, name = '', near?: string): unknown {
    const plain = resolved(this.document, schema);
    const choices = plain.anyOf ?? plain.oneOf;
    if (choices !== undefined) return this.valid(draw, draw.pick(choices), name, near);
    if (plain.const !== undefined) return plain.const;
    if (plain.enum !== undefined) return draw.pick(plain.enum);
    const types = typesOf(plain);
    if (types.includes('null') && (types.length === 1 || draw.chance(20))) return null;
    switch (types.find((type) => type !== 'null')) {
      case 'object':
        return this.object(draw, plain, near);
      case 'array': {
        const { minItems: least = 0, maxItems = MOST_ITEMS } = plain;
        // One is what most rules of lists can be kept with.
        const most = draw.chance(50) ? 1 : Math.min(maxItems, MOST_ITEMS);
        const count = draw.between(draw.chance(80) ? Math.max(least, 1) : least, Math.max(least, most));
        const items = Array.from({ length: count }, () => this.valid(draw, plain.items ?? {}, name, near));
        return plain.uniqueItems === true ? [...new Set(items)] : items;
      }
      case 'integer':
      case 'number':
        return this.number(draw, plain, types.includes('integer'));
      case 'boolean':
        return draw.chance(50);
      default:
        return this.text(draw, plain, name, near);
    }
  }

  private object(draw: Draw, schema: Schema, near: string | undefined): unknown {
    const { properties, required = [], example } = schema;
    if (properties === undefined) return draw.chance(70) ? (example ?? {}) : {};
    const made: Record<string, unknown> = {};
    const share = draw.pick([0, 50, 50, 90]);
    for (const [name, property] of Object.entries(properties)) {
      if (required.includes(name) || draw.chance(share)) made[name] = this.valid(draw, property, name, near);
    }
    return draw.chance(90) ? this.fitted(made) : made;
  }

  /** Ids that name each other: the department of an official is its own. */
  private fitted(made: Record<string, unknown>): Record<string, unknown> {
    for (const value of Object.values(made)) {
      const refs = typeof value === 'string' ? (this.known.find(value)?.refs ?? {}) : {};
      for (const name of Object.keys(made)) {
        const other = name.endsWith('Id') ? refs[kindOf(name.slice(0, -2))] : undefined;
        if (other !== undefined) made[name] = other;
      }
    }
    return made;
  }

  private number(
    draw: Draw,
    { minimum = -1_000, maximum = 1_000_000, example }: Schema,
    isWhole: boolean,
  ): number {
    if (typeof example === 'number' && draw.chance(50)) return example;
    if (isWhole) return draw.between(Math.ceil(minimum), Math.floor(maximum));
    return draw.from(fc.integer({ min: minimum * 100, max: maximum * 100 })) / 100;
  }

  private text(draw: Draw, schema: Schema, name: string, near: string | undefined): unknown {
    const known = this.own[name];
    if (known !== undefined) return known(draw);
    switch (schema.format) {
      case 'uuid':
        return this.id(draw, name, near);
      case 'date':
        return draw
          .from(fc.date(draw.chance(75) ? NEAR_DAYS : DAYS))
          .toISOString()
          .slice(0, 10);
      case 'date-time':
        return draw.from(fc.date(draw.chance(75) ? NEAR_DAYS : DAYS)).toISOString();
      case 'email':
        return draw.from(fc.emailAddress());
      case 'uri':
      case 'url':
        return draw.from(fc.webUrl());
      default:
    }
    const { example, pattern, minLength = 1, maxLength = 200 } = schema;
    if (typeof example === 'string' && draw.chance(50)) return example;
    const patterns = [pattern, ...(schema.allOf ?? []).map((also) => also.pattern)];
    const [form, ...others] = patterns.map((one) => new RegExp(one ?? '', 'u'));
    const isOfForm = (text: string): boolean => [form, ...others].every((one) => one?.test(text));
    const words = draw.from(fc.array(fc.constantFrom(...WORDS), { minLength: 1, maxLength: 8 })).join('');
    const plain = `${words.trim()}文${'字'.repeat(minLength)}`
      .slice(0, maxLength)
      .replace(/\p{Surrogate}/u, '字');
    if (isOfForm(plain) || form === undefined) return plain;
    const matching = fc.stringMatching(form, { size: 'medium' }).filter(isOfForm);
    return draw.from(matching.filter((text) => text.length >= minLength && text.length <= maxLength));
  }

  private id(draw: Draw, name: string, near: string | undefined): string {
    const all = this.known.named(name);
    const own = all.filter(({ parent, id }) => parent === near || id === near);
    const choice = own.length > 0 && draw.chance(80) ? own : all;
    return choice.length === 0 || draw.chance(3) ? draw.from(fc.uuid({ version: 7 })) : draw.pick(choice).id;
  }
}
