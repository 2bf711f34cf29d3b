import { createHash, createHmac } from 'node:crypto';

const ALGORITHM = 'ACS3-HMAC-SHA256';

export interface AliyunRequest {
  method: string;
  /** As it is in the address. */
  path: string;
  query: Readonly<Record<string, string>>;
  /** In small letters. What begins with `x-acs-`, `host` and `content-type` are signed, the others are not. */
  headers: Readonly<Record<string, string>>;
}

export const sha256 = (content: string | Buffer): string =>
  createHash('sha256').update(content).digest('hex');

/** As RFC 3986 has it: `encodeURIComponent` leaves five characters more as they are. */
const encoded = (text: string): string =>
  encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );

/** Sorted by name: the same text is signed and sent. */
export const aliyunQuery = (query: AliyunRequest['query']): string =>
  Object.entries(query)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${encoded(name)}=${encoded(value)}`)
    .join('&');

/**
 * `Authorization` by the V3 protocol of Alibaba Cloud. The hash of the body is the header `x-acs-content-sha256`.
 * https://help.aliyun.com/zh/sdk/product-overview/v3-request-structure-and-signature
 */
export function aliyunAuthorization(request: AliyunRequest, key: { id: string; secret: string }): string {
  const signed = Object.entries(request.headers)
    .filter(([name]) => name.startsWith('x-acs-') || name === 'host' || name === 'content-type')
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
  const names = signed.map(([name]) => name).join(';');
  const canonical = [
    request.method,
    request.path,
    aliyunQuery(request.query),
    signed.map(([name, value]) => `${name}:${value.trim()}\n`).join(''),
    names,
    request.headers['x-acs-content-sha256'] ?? '',
  ].join('\n');
  const signature = createHmac('sha256', key.secret)
    .update(`${ALGORITHM}\n${sha256(canonical)}`)
    .digest('hex');
  return `${ALGORITHM} Credential=${key.id},SignedHeaders=${names},Signature=${signature}`;
}
