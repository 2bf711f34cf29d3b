import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { ROUTE_ARGS_METADATA, RouteParamtypes } from '@nestjs/common/internal';
import type { FastifyRequest } from 'fastify';
import { type Fault, Refusal } from '../errors/refusal.js';

/** A handler that takes one of these reads the body in its own way. */
const RAW = [RouteParamtypes.REQUEST, RouteParamtypes.FILE, RouteParamtypes.FILES];

/** What a handler reads of a request. */
interface DeclaredInput {
  hasBody: boolean;
  isRaw: boolean;
  /** `all`: a class names the parameters, and the validation checks them. */
  query: 'all' | ReadonlySet<string>;
}

/**
 * Refuses what a handler does not read, so that a misspelt parameter never passes unnoticed: the validation sees only
 * what handlers declare.
 */
@Injectable()
export class DeclaredInputGuard implements CanActivate {
  private readonly known = new WeakMap<object, DeclaredInput>();

  canActivate(context: ExecutionContext): boolean {
    const declared = this.declaredBy(context);
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    if (declared.query !== 'all') requireKnown(request.query, '?', declared.query);
    if (!declared.isRaw) requireBody(request, declared.hasBody);
    return true;
  }

  private declaredBy(context: ExecutionContext): DeclaredInput {
    const handler = context.getHandler();
    const known = this.known.get(handler) ?? read(context.getClass(), handler.name);
    this.known.set(handler, known);
    return known;
  }
}

function read(controller: object, method: string): DeclaredInput {
  const metadata: Record<string, { data?: unknown }> | undefined = Reflect.getMetadata(
    ROUTE_ARGS_METADATA,
    controller,
    method,
  );
  const dataOf = (type: RouteParamtypes): unknown[] =>
    Object.entries(metadata ?? {})
      .filter(([key]) => key.startsWith(`${type}:`))
      .map(([, { data }]) => data);
  const queries = dataOf(RouteParamtypes.QUERY);
  return {
    hasBody: dataOf(RouteParamtypes.BODY).length > 0,
    isRaw: RAW.some((type) => dataOf(type).length > 0),
    query: queries.includes(undefined) ? 'all' : new Set(queries.map(String)),
  };
}

function requireBody(request: FastifyRequest, isRead: boolean): void {
  const mediaType = request.headers['content-type']?.split(';', 1)[0]?.trim().toLowerCase();
  if (mediaType !== undefined && mediaType !== 'application/json')
    throw new Refusal(415, 'MEDIA_TYPE_UNSUPPORTED');
  if (!isRead && request.body !== undefined && request.body !== null)
    requireKnown(request.body, '/', new Set());
}

function requireKnown(value: unknown, prefix: string, known: ReadonlySet<string>): void {
  if (typeof value !== 'object') throw new Refusal(400, 'BODY_NOT_OBJECT');
  const faults: Fault[] = Object.keys(value ?? {})
    .filter((key) => !known.has(key))
    .slice(0, 50)
    .map((key) => ({ pointer: prefix + key, code: 'FIELD_UNKNOWN' }));
  if (faults.length > 0) throw new Refusal(400, 'VALIDATION_FAILED', { count: faults.length }, faults);
}
