import type { TransformFnParams } from 'class-transformer';

/** Query parameters are text. What is no plain integer stays as it is, for the validation to refuse. */
export const toInteger = ({ value }: TransformFnParams): unknown =>
  typeof value === 'string' && /^-?\d{1,15}$/.test(value) ? Number(value) : value;

/** `true` and `false` alone are booleans. */
export const toBoolean = ({ value }: TransformFnParams): unknown =>
  value === 'true' ? true : value === 'false' ? false : value;

/** A repeatable filter: one value or several are both a list. */
export const toList = ({ value }: TransformFnParams): unknown =>
  value === undefined || Array.isArray(value) ? value : [value];
