import { type ArgumentMetadata, Injectable, ValidationPipe } from '@nestjs/common';
import type { ValidationError } from 'class-validator';
import { type Fault, Refusal } from '../errors/refusal.js';

/** More are not worth reading, and an answer must not grow with the attack. */
const MAX_FAULTS = 50;

class InvalidInput extends Error {
  constructor(readonly errors: readonly ValidationError[]) {
    super('invalid input');
  }
}

/** Checks bodies and queries against their classes; every unknown field is refused, nothing is dropped in silence. */
@Injectable()
export class RequestValidation extends ValidationPipe {
  constructor() {
    super({
      whitelist: true,
      forbidNonWhitelisted: true,
      forbidUnknownValues: true,
      transform: true,
      stopAtFirstError: true,
      exceptionFactory: (errors) => new InvalidInput(errors),
    });
  }

  override async transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    if (metadata.type === 'body' && this.toValidate(metadata) && !isPlain(value ?? {})) {
      throw new Refusal(400, 'BODY_NOT_OBJECT');
    }
    if (metadata.type === 'body') requireNoListInList(value);
    try {
      return await super.transform(value, metadata);
    } catch (error) {
      if (!(error instanceof InvalidInput)) throw error;
      const faults = error.errors.flatMap((each) => faultsOf(each, metadata.type === 'query' ? '?' : '/'));
      throw new Refusal(400, 'VALIDATION_FAILED', { count: faults.length }, faults.slice(0, MAX_FAULTS));
    }
  }
}

/** Nothing here takes one, and class-validator lets an empty list pass for an object that it would check. */
function requireNoListInList(body: unknown): void {
  const left = [{ value: body, pointer: '' }];
  for (let item = left.pop(); item !== undefined; item = left.pop()) {
    if (typeof item.value !== 'object' || item.value === null) continue;
    for (const [key, value] of Object.entries(item.value)) {
      const pointer = `${item.pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
      if (Array.isArray(item.value) && Array.isArray(value)) {
        throw new Refusal(400, 'VALIDATION_FAILED', { count: 1 }, [{ pointer, code: 'VALUE_INVALID' }]);
      }
      left.push({ value, pointer });
    }
  }
}

const isPlain = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** `isUuid` → `FIELD_IS_UUID`; what is missing is required, whatever else was to be said of it. */
function codeOf(constraint: string, value: unknown): string {
  if (constraint === 'whitelistValidation') return 'FIELD_UNKNOWN';
  if (value === undefined) return 'FIELD_REQUIRED';
  return `FIELD_${constraint.replace(/([a-z])([A-Z])/g, '$1_$2').toUpperCase()}`;
}

function faultsOf(error: ValidationError, prefix: string): Fault[] {
  const pointer = `${prefix}${error.property.replaceAll('~', '~0').replaceAll('/', '~1')}`;
  const own = Object.entries(error.constraints ?? {}).map(([constraint, detail]) => ({
    pointer,
    code: codeOf(constraint, error.value),
    detail,
  }));
  return [...own, ...(error.children ?? []).flatMap((child) => faultsOf(child, `${pointer}/`))];
}
