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
    // Before the rest, which would not tell of it where it finds other faults.
    const nested = metadata.type === 'body' ? listsInLists(value, '') : [];
    if (nested.length > 0) throw invalid(nested);
    try {
      return await super.transform(value, metadata);
    } catch (error) {
      if (!(error instanceof InvalidInput)) throw error;
      throw invalid(error.errors.flatMap((each) => faultsOf(each, metadata.type === 'query' ? '?' : '/')));
    }
  }
}

const invalid = (faults: readonly Fault[]): Refusal =>
  new Refusal(400, 'VALIDATION_FAILED', { count: faults.length }, faults.slice(0, MAX_FAULTS));

/**
 * `ValidateNested` looks through a list in a list at what is in it: an empty one would pass for an item. No field takes
 * one. How deep a body goes, and how much it holds, is bounded before.
 */
function listsInLists(value: unknown, pointer: string): Fault[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, child]) => {
    const place = `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    const isNested = Array.isArray(value) && Array.isArray(child);
    return isNested ? [{ pointer: place, code: 'FIELD_NESTED_VALIDATION' }] : listsInLists(child, place);
  });
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
