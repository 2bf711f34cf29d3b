import { ROUTE_ARGS_METADATA, RouteParamtypes } from '@nestjs/common/internal';
import { ModulesContainer } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { OpenAPIObject } from '@nestjs/swagger';
import { constrainField, constrainSchemas, type InputClass, isClass } from './open-api-constraints.js';
import { ROUTE_AUDIENCE } from './public-route.js';

type Path = OpenAPIObject['paths'][string];
type Operation = NonNullable<Path['get']>;
type Parameter = Extract<NonNullable<Operation['parameters']>[number], { in: string }>;

/** What a handler says that its document does not. */
interface Handler {
  audience: string | undefined;
  readsIfMatch: boolean;
  body: InputClass | undefined;
  query: InputClass | undefined;
}

/** Where `@ApiOperation` leaves what it was given; the package does not export the name. */
const API_OPERATION = 'swagger/apiOperation';
const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;

export const operationIdOf = (controller: string, method: string): string =>
  `${controller.replace(/Controller$/, '')}_${method}`;

/** Writes into the document what the handlers know: who may call each, which takes `If-Match`, what is valid. */
export function completeOperations(app: NestFastifyApplication, document: OpenAPIObject): void {
  const handlers = handlersOf(app);
  for (const [path, operations] of Object.entries(document.paths)) {
    for (const method of METHODS) {
      const operation = operations[method];
      if (operation === undefined) continue;
      const handler = handlers.get(operation.operationId ?? '');
      operation.description = [operation.description, handler?.audience].filter(Boolean).join(' ');
      addIfMatch(operation, handler?.readsIfMatch === true, method === 'patch');
      for (const parameter of parametersOf(operation)) {
        describe(parameter, path);
        if (handler?.query !== undefined && parameter.in === 'query' && parameter.schema !== undefined)
          constrainField(parameter.schema, handler.query, parameter.name);
      }
      if (handler?.body !== undefined) constrainSchemas(document.components?.schemas ?? {}, handler.body);
    }
  }
}

function handlersOf(app: NestFastifyApplication): Map<string, Handler> {
  const controllers = [...app.get(ModulesContainer).values()].flatMap((module) => [
    ...module.controllers.values(),
  ]);
  const handlers = new Map<string, Handler>();
  for (const { metatype } of controllers) {
    if (metatype === null) continue;
    const prototype: object = metatype.prototype;
    for (const method of Object.getOwnPropertyNames(prototype)) {
      const handler: unknown = Object.getOwnPropertyDescriptor(prototype, method)?.value;
      if (typeof handler !== 'function') continue;
      const declared: { operationId?: string } | undefined = Reflect.getMetadata(API_OPERATION, handler);
      handlers.set(declared?.operationId || operationIdOf(metatype.name, method), {
        audience:
          Reflect.getMetadata(ROUTE_AUDIENCE, handler) ?? Reflect.getMetadata(ROUTE_AUDIENCE, metatype),
        readsIfMatch: read(metatype, method, RouteParamtypes.HEADERS).some(({ data }) => data === 'if-match'),
        body: read(metatype, method, RouteParamtypes.BODY).find(isWhole)?.type,
        query: read(metatype, method, RouteParamtypes.QUERY).find(isWhole)?.type,
      });
    }
  }
  return handlers;
}

/** What a handler takes of a request, with the class of it where it has one. */
interface Taken {
  data: unknown;
  type: InputClass | undefined;
}

function read(controller: { prototype: object }, method: string, from: RouteParamtypes): Taken[] {
  const taken: Record<string, { index: number; data?: unknown }> | undefined = Reflect.getMetadata(
    ROUTE_ARGS_METADATA,
    controller,
    method,
  );
  const types: unknown[] = Reflect.getMetadata('design:paramtypes', controller.prototype, method) ?? [];
  return Object.entries(taken ?? {})
    .filter(([key]) => key.startsWith(`${from}:`))
    .map(([, { index, data }]) => {
      const type = types[index];
      return { data, type: isClass(type) ? type : undefined };
    });
}

/** Not one field of it alone. */
const isWhole = ({ data }: Taken): boolean => data === undefined;

function addIfMatch(operation: Operation, isRead: boolean, isRequired: boolean): void {
  const isThere = parametersOf(operation).some(({ name }) => name.toLowerCase() === 'if-match');
  if (!isRead || isThere) return;
  const parameter: Parameter = {
    name: 'If-Match',
    in: 'header',
    required: isRequired,
    schema: { type: 'string', examples: ['"1"'] },
  };
  operation.parameters = [...(operation.parameters ?? []), parameter];
}

const parametersOf = (operation: Operation): Parameter[] =>
  (operation.parameters ?? []).filter((parameter): parameter is Parameter => 'in' in parameter);

/** Ids and entity tags are the same everywhere; a filter of a closed list names its values itself. */
function describe(parameter: Parameter, path: string): void {
  const isId = parameter.in === 'path' && /^id$|Id$/.test(parameter.name);
  if (isId) parameter.schema = { type: 'string', format: 'uuid' };
  parameter.description ??= isId
    ? `Which of the ${collectionOf(path, parameter.name)}.`
    : parameter.name === 'If-Match'
      ? 'The `ETag` that was read: what somebody else has changed since is not overwritten.'
      : 'Only those of the values named; repeated where it is a list, any of them.';
}

/** The segment before `{name}`: `/responsibility-lists/{id}` → `responsibility lists`. */
function collectionOf(path: string, name: string): string {
  const segments = path.split('/');
  return (segments[segments.indexOf(`{${name}}`) - 1] ?? 'items').replaceAll('-', ' ');
}
