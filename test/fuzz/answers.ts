import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { LOCALES } from '../../src/platform/errors/message-text.js';
import { knownText } from '../../src/platform/errors/message-text.js';
import type { OpenApi, Operation, Schema } from './operations.js';
import type { Answer } from './wire.js';

const PROBLEM = 'application/problem+json';
/** What only the inside of the product says. */
const INSIDE =
  /\n\s+at .+:\d+:\d+|node_modules|QueryFailedError|syntax error at or near|violates \w+ constraint|SELECT\s.+\sFROM\s+\w+\s+\w+\s|\bsrc\/[\w/-]+\.(ts|js)\b/;

/** Holds answers to the document: statuses, media types, bodies without a property that it does not name. */
export class AnswerCheck {
  private readonly ajv = new Ajv2020({ strict: false, allErrors: true, verbose: false });
  private readonly compiled = new Map<unknown, ValidateFunction>();

  constructor(document: OpenApi) {
    formats.default(this.ajv);
    this.ajv.addFormat('binary', true);
    const schemas = closed(document.components.schemas);
    this.ajv.addSchema({ $id: 'document', components: { schemas } });
  }

  /** @returns what is wrong with a body of a request, as the document sees it */
  faultsOfBody({ body }: Operation, value: unknown): string[] {
    return body === null ? [] : this.faults(body.schema, value);
  }

  /** @param method that was used: another than the operation's is documented nowhere. @returns what is wrong with an answer, in words */
  faultsOf(operation: Operation, method: string, answer: Answer): string[] {
    const { status, headers, body } = answer;
    const faults: string[] = [];
    if (status >= 500 && status !== 503) faults.push(`status ${status}`);
    if (headers['x-request-id'] === undefined) faults.push('no X-Request-Id');
    if (headers['cache-control'] !== 'no-store') faults.push(`Cache-Control ${headers['cache-control']}`);
    if (headers['x-injected'] !== undefined) faults.push('a header was injected');
    if (status === 401 && headers['www-authenticate'] === undefined)
      faults.push('401 without WWW-Authenticate');
    if ((status === 429 || status === 503) && headers['retry-after'] === undefined)
      faults.push(`${status} without Retry-After`);
    if (isText(headers) && INSIDE.test(body.toString())) faults.push('the inside of the product shows');
    if (method === 'HEAD') return faults;
    if (status >= 400) faults.push(...this.faultsOfProblem(answer));
    const range = `${Math.floor(status / 100)}XX`;
    const described = operation.responses[String(status)] ?? operation.responses[range];
    if (described === undefined && method === operation.method)
      faults.push(`status ${status} is not documented`);
    if (described === undefined || status >= 400) return faults;
    return [...faults, ...this.faultsOfSuccess(described.content ?? {}, answer)];
  }

  private faultsOfSuccess(
    content: Operation['responses'][string]['content'],
    { headers, body }: Answer,
  ): string[] {
    const told = Object.entries(content ?? {});
    if (told.length === 0) return body.length === 0 ? [] : ['a body where none is documented'];
    const type = mediaType(headers['content-type']);
    const found = told.find(([name]) => mediaType(name) === type || name === '*/*');
    if (found === undefined) return [`media type ${type} is not documented`];
    const schema = found[1].schema ?? {};
    if (schema.format === 'binary') return [];
    const answer: unknown = JSON.parse(body.toString());
    const { id, version } = Object(answer);
    const isItem = typeof id === 'string' && typeof version === 'number';
    const etag = isItem && headers['etag'] !== `"${version}"` ? [`ETag ${headers['etag']}`] : [];
    return [...etag, ...this.faults(schema, answer)];
  }

  private faultsOfProblem({ status, headers, body }: Answer): string[] {
    if (mediaType(headers['content-type']) !== PROBLEM) return [`a refusal as ${headers['content-type']}`];
    const problem: unknown = JSON.parse(body.toString());
    const { code, status: said, errors } = Object(problem);
    const faults = this.faults({ $ref: '#/components/schemas/Problem' }, problem);
    if (said !== status) faults.push(`status ${said} in a problem of ${status}`);
    for (const one of [code, ...[errors].flat().map((error) => Object(error).code)]) {
      const isKnown = LOCALES.every((locale) => knownText(String(one), {}, locale) !== undefined);
      if (!isKnown) faults.push(`no text for ${String(one)}`);
    }
    return faults;
  }

  private faults(schema: Schema, value: unknown): string[] {
    let validate = this.compiled.get(schema);
    if (validate === undefined) {
      validate = this.ajv.compile(closed(anchored(schema)));
      this.compiled.set(schema, validate);
    }
    if (validate(value)) return [];
    const found = (validate.errors ?? []).slice(0, 5);
    return found.map((error) => `${error.instancePath} ${error.message} ${JSON.stringify(error.params)}`);
  }
}

const mediaType = (header: string | undefined): string =>
  header?.split(';', 1)[0]?.trim().toLowerCase() ?? '';
const isText = (headers: Answer['headers']): boolean => /json|text|xml/.test(headers['content-type'] ?? '');

/** References are to the document, of which this is a part. */
const anchored = (schema: Schema): Schema =>
  JSON.parse(JSON.stringify(schema).replaceAll('"#/components/', '"document#/components/'));

/** With no properties but those it names; but for members of an `allOf`, which name a part of them each. */
function closed(part: unknown, isOfMany = false): Record<string, unknown> {
  const schema: Schema = Object(part);
  const inner = Object.entries(schema).map(([name, value]): [string, unknown] => {
    if (Array.isArray(value)) {
      const isMany = name === 'allOf' && value.length > 1;
      return [name, value.map((item: unknown) => (isObject(item) ? closed(item, isMany) : item))];
    }
    return [name, isObject(value) ? closed(value) : value];
  });
  const isOpen = isOfMany || schema.type !== 'object' || schema.properties === undefined;
  const copy = Object.fromEntries(inner);
  return isOpen || 'additionalProperties' in copy ? copy : { ...copy, additionalProperties: false };
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;
