import { Injectable, type PipeTransform } from '@nestjs/common';
import { validate } from 'uuid';
import { Refusal } from '../errors/refusal.js';

/** An id in a path: `@Param('id', ParseId)`. @throws Refusal 400 ID_INVALID */
@Injectable()
export class ParseId implements PipeTransform<unknown, string> {
  transform(value: unknown): string {
    if (typeof value === 'string' && validate(value)) return value.toLowerCase();
    throw new Refusal(400, 'ID_INVALID');
  }
}
