import type { OpenAPIObject } from '@nestjs/swagger';
import { getMetadataStorage } from 'class-validator';

type Schemas = NonNullable<NonNullable<OpenAPIObject['components']>['schemas']>;
type Described = Schemas[string];
type Schema = Exclude<Described, { $ref: string }>;
/** A class of bodies or queries. */
export type InputClass = abstract new () => object;

/** Where `@ApiProperty` leaves what it was given; the package does not export the name. */
const API_PROPERTY = 'swagger/apiModelProperties';
const MONTH = '^(19|20)\\d{2}-(0[1-9]|1[0-2])$';

/** What a JSON schema says where a field has a rule of `class-validator`, by the name of the rule. */
const KEYWORDS: Record<string, (...constraints: unknown[]) => Partial<Schema>> = {
  arrayMaxSize: (maxItems) => ({ maxItems: Number(maxItems) }),
  arrayMinSize: (minItems) => ({ minItems: Number(minItems) }),
  arrayNotEmpty: () => ({ minItems: 1 }),
  arrayUnique: () => ({ uniqueItems: true }),
  isEmail: () => ({ format: 'email' }),
  isLength: (least, most) => ({
    minLength: Number(least),
    ...(most !== undefined && { maxLength: Number(most) }),
  }),
  isMonth: () => ({ pattern: MONTH }),
  isUuid: () => ({ format: 'uuid' }),
  matches: (pattern) => (pattern instanceof RegExp && isPlain(pattern) ? { pattern: pattern.source } : {}),
  max: (maximum) => ({ maximum: Number(maximum) }),
  maxLength: (maxLength) => ({ maxLength: Number(maxLength) }),
  min: (minimum) => ({ minimum: Number(minimum) }),
  minLength: (minLength) => ({ minLength: Number(minLength) }),
};

/** A schema knows no flags, and not every reader of one knows the classes of Unicode. */
const isPlain = ({ flags, source }: RegExp): boolean => /^u?$/.test(flags) && !source.includes('\\p{');

/** Writes the rules of a class into its schema, and those of the classes of its fields into theirs. */
export function constrainSchemas(schemas: Schemas, input: InputClass, done = new Set<InputClass>()): void {
  if (done.has(input)) return;
  done.add(input);
  const schema = schemas[input.name];
  if (schema === undefined || '$ref' in schema) return;
  for (const [name, property] of Object.entries(schema.properties ?? {})) {
    constrainField(property, input, name);
    const inner = classOf(input, name);
    if (inner !== undefined) constrainSchemas(schemas, inner, done);
  }
}

/** Writes the rules of one field into its schema. What the schema says already stays. */
export function constrainField(schema: Described, input: InputClass, name: string): void {
  if ('$ref' in schema) return;
  const rules = getMetadataStorage().getTargetValidationMetadatas(input, '', false, false);
  for (const rule of rules.filter(({ propertyName }) => propertyName === name)) {
    const place = rule.each ? schema.items : schema;
    if (place === undefined || '$ref' in place) continue;
    const wanted = KEYWORDS[rule.name ?? '']?.(...(rule.constraints ?? [])) ?? {};
    for (const [keyword, value] of Object.entries(wanted)) {
      const said = Reflect.get(place, keyword);
      if (said === undefined) Reflect.set(place, keyword, value);
      // A schema has one pattern, and a field may have to match several.
      else if (keyword === 'pattern' && said !== value)
        place.allOf = [...(place.allOf ?? []), { pattern: String(value) }];
    }
    if (rule.name === 'isInt') makeWhole(place);
  }
}

/** No number of it is a fraction. */
function makeWhole(schema: object): void {
  const types = [Reflect.get(schema, 'type')]
    .flat()
    .map((type: unknown) => (type === 'number' ? 'integer' : type));
  Reflect.set(schema, 'type', types.length === 1 ? types[0] : types);
}

/** The class of a field, or of the items of one. */
function classOf(input: InputClass, name: string): InputClass | undefined {
  const declared: { type?: unknown } | undefined = Reflect.getMetadata(API_PROPERTY, input.prototype, name);
  const type: unknown = [declared?.type].flat()[0];
  if (typeof type !== 'function') return undefined;
  // As swagger tells `type: () => Inner` from `type: Inner`.
  const named: unknown = type.name === 'type' ? [type()].flat()[0] : type;
  return isClass(named) ? named : undefined;
}

export const isClass = (value: unknown): value is InputClass =>
  typeof value === 'function' && value.prototype !== undefined;
