/** A JSON schema, as far as the document goes. */
export interface Schema {
  $ref?: string;
  type?: string | string[];
  format?: string;
  pattern?: string;
  enum?: unknown[];
  const?: unknown;
  default?: unknown;
  example?: unknown;
  examples?: unknown[];
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
  uniqueItems?: boolean;
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: boolean | Schema;
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
}
export interface Parameter {
  name: string;
  in: string;
  required?: boolean;
  schema?: Schema;
}
type Content = Record<string, { schema?: Schema }>;
interface Described {
  description?: string;
  parameters?: Parameter[];
  requestBody?: { required?: boolean; content?: Content };
  responses: Record<string, { content?: Content }>;
}
export interface OpenApi {
  paths: Record<string, Record<string, Described>>;
  components: { schemas: Record<string, Schema> };
}

/** One method of one path. */
export interface Operation {
  /** Such as `POST /api/v1/cases/{id}/assign`. */
  name: string;
  method: string;
  path: string;
  /** Who may call it; empty where it is open to everyone. */
  roles: readonly string[];
  parameters: readonly Parameter[];
  body: { mediaType: string; schema: Schema } | null;
  responses: Described['responses'];
}

/** Every operation of a document. */
export const operationsOf = ({ paths }: OpenApi): Operation[] =>
  Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, described]) => {
      const [mediaType, content] = Object.entries(described.requestBody?.content ?? {})[0] ?? [];
      const schema = content?.schema;
      return {
        name: `${method.toUpperCase()} ${path}`,
        method: method.toUpperCase(),
        path,
        roles: rolesOf(described.description ?? ''),
        parameters: described.parameters ?? [],
        body: mediaType === undefined || schema === undefined ? null : { mediaType, schema },
        responses: described.responses,
      };
    }),
  );

const rolesOf = (description: string): string[] =>
  /Open to: ([\w, ]+)/.exec(description)?.[1]?.split(', ') ?? [];

/** The schema itself, behind references and behind an `allOf` of one. */
export function resolved(document: OpenApi, schema: Schema): Schema {
  if (schema.$ref !== undefined) {
    const found = document.components.schemas[schema.$ref.replace('#/components/schemas/', '')];
    if (found === undefined) throw new Error(`the document has no ${schema.$ref}`);
    return resolved(document, found);
  }
  const [only, ...others] = schema.allOf ?? [];
  // A pattern besides another one stands alone, and refers to nothing.
  return only?.$ref === undefined || others.length > 0 ? schema : resolved(document, only);
}

/** `null` besides, where it may be; the types without it. */
export const typesOf = ({ type = [] }: Schema): string[] => [type].flat();
