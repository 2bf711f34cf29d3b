import type { Role } from '../../src/access/role.js';
import { ROLES } from '../../src/access/role.js';
import type { Client, TestApp } from './test-app.js';

export interface Schema {
  $ref?: string;
  type?: string | string[];
  allOf?: Schema[];
  oneOf?: Schema[];
  items?: Schema;
  properties?: Record<string, Schema>;
}

export interface Parameter {
  name: string;
  in: string;
  schema?: Schema;
}

export interface Operation {
  /** In capitals. */
  method: string;
  /** With every id in it that of nothing. */
  path: string;
  /** As in the document. */
  template: string;
  parameters: readonly Parameter[];
  /** Of its JSON body; `undefined` where it has none. */
  body: Schema | undefined;
  isMultipart: boolean;
  isPublic: boolean;
  /** Who may call it. */
  roles: readonly Role[];
}

export const NOWHERE = '0193a1b2-0000-7000-8000-000000000001';

interface Document {
  paths: Record<
    string,
    Record<
      string,
      {
        description?: string;
        security?: unknown[];
        parameters?: Parameter[];
        requestBody?: { content: Record<string, { schema?: Schema }> };
      }
    >
  >;
  components: { schemas: Record<string, Schema> };
}

/** Every operation of the published document, for what is true of all of them: one that is added later is in it. */
export class Operations {
  private constructor(
    readonly all: readonly Operation[],
    private readonly schemas: Record<string, Schema>,
  ) {}

  static async of(world: TestApp): Promise<Operations> {
    const document = (await (await fetch(`${world.url}/api/openapi.json`)).json()) as Document;
    const all = Object.entries(document.paths).flatMap(([template, methods]) =>
      Object.entries(methods).map(([method, operation]): Operation => {
        const content = operation.requestBody?.content ?? {};
        const [, named = ''] = /Open to: ([\w, ]+)/.exec(operation.description ?? '') ?? [];
        return {
          method: method.toUpperCase(),
          path: template.replaceAll(/\{\w+\}/g, NOWHERE),
          template,
          parameters: operation.parameters ?? [],
          body: content['application/json']?.schema,
          isMultipart: 'multipart/form-data' in content,
          isPublic: operation.security?.length === 0,
          roles: ROLES.filter((role) => named.split(', ').includes(role)),
        };
      }),
    );
    return new Operations(all, document.components.schemas);
  }

  /** What is behind a reference. */
  resolve(schema: Schema): Schema {
    const name = (schema.$ref ?? schema.allOf?.[0]?.$ref ?? '').split('/').at(-1) ?? '';
    return this.schemas[name] ?? schema;
  }

  properties(schema: Schema | undefined): Record<string, Schema> {
    return schema === undefined ? {} : (this.resolve(schema).properties ?? {});
  }
}

/** Signs each role in once. */
export class RoleClients {
  private readonly clients = new Map<Role, Promise<Client>>();

  constructor(
    private readonly world: TestApp,
    private readonly anonymous: Client,
  ) {}

  async all(): Promise<void> {
    for (const role of ROLES) await this.as(role);
  }

  /** Somebody who may call it. */
  allowed({ roles: [role] }: Operation): Promise<Client> {
    return role === undefined ? Promise.resolve(this.anonymous) : this.as(role);
  }

  as(role: Role): Promise<Client> {
    const client = this.clients.get(role) ?? this.world.as(role);
    this.clients.set(role, client);
    return client;
  }
}
