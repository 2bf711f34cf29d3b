import type { TransformFnParams } from 'class-transformer';

/** An 11-digit mobile, or an area code with 7 or 8 digits; digits only. */
export const PHONE = /^(1\d{10}|0\d{2,3}\d{7,8})$/;

const MOBILE = /^1\d{10}$/;

/** As people write it, with blanks, hyphens or the country's code, the digits that are stored. */
export const normalizePhone = (text: string): string =>
  text.replaceAll(/[\s-]/gu, '').replace(/^(?:\+?86)(?=1\d{10}$)|^\+86/, '');

/** It takes SMS, as a landline does not. */
export const isMobile = (digits: string): boolean => MOBILE.test(digits);

/** For a query: what is not a text is left to its validator. */
export const toPhone = ({ value }: TransformFnParams): unknown =>
  typeof value === 'string' ? normalizePhone(value) : value;
