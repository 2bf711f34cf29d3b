import type { Type } from '@nestjs/common';
import { Refusal } from '../errors/refusal.js';
import { RequestValidation } from './validation.js';

const validation = new RequestValidation();

/**
 * A part of a body, whose class is known only from another part of it, checked as a body of its own would be.
 * @param pointer of the part, such as `/query`. @throws Refusal 400 VALIDATION_FAILED
 */
export async function validPart<Part extends object>(
  value: object,
  metatype: Type<Part>,
  pointer: string,
): Promise<Part> {
  try {
    const valid: Part = Object(await validation.transform(value, { type: 'body', metatype }));
    return valid;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const faults = error.faults.map((fault) => ({ ...fault, pointer: pointer + fault.pointer }));
    throw new Refusal(400, 'VALIDATION_FAILED', { count: faults.length }, faults);
  }
}
