import { Refusal } from '../platform/errors/refusal.js';

/** @param header `Authorization`. @throws Refusal 401 AUTHENTICATION_REQUIRED, TOKEN_INVALID */
export function bearerToken(header: string | undefined): string {
  const token = /^Bearer ([\w.~+/=-]{1,4096})$/i.exec(header ?? '')?.[1];
  if (token === undefined)
    throw new Refusal(401, header === undefined ? 'AUTHENTICATION_REQUIRED' : 'TOKEN_INVALID');
  return token;
}
