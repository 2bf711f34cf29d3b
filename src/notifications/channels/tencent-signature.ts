import { createHash, createHmac } from 'node:crypto';

const ALGORITHM = 'TC3-HMAC-SHA256';

export interface TencentRequest {
  method: string;
  query: string;
  /** Those that are signed, in small letters: `content-type` and `host` at least. */
  headers: Readonly<Record<string, string>>;
  body: string;
  /** First label of the host's name. */
  service: string;
  /** Seconds, as in `X-TC-Timestamp`. */
  timestamp: number;
}

const sha256 = (content: string): string => createHash('sha256').update(content).digest('hex');
const hmac = (key: string | Buffer, content: string): Buffer =>
  createHmac('sha256', key).update(content).digest();

/**
 * `Authorization` by signature method v3 of Tencent Cloud's API 3.0.
 * https://cloud.tencent.com/document/api/382/52072
 */
export function tencentAuthorization(request: TencentRequest, key: { id: string; secret: string }): string {
  const signed = Object.entries(request.headers).toSorted(([a], [b]) => (a < b ? -1 : 1));
  const names = signed.map(([name]) => name).join(';');
  const canonical = [
    request.method,
    '/',
    request.query,
    signed.map(([name, value]) => `${name}:${value.trim().toLowerCase()}\n`).join(''),
    names,
    sha256(request.body),
  ].join('\n');
  // The day in UTC.
  const day = new Date(request.timestamp * 1_000).toISOString().slice(0, 10);
  const scope = `${day}/${request.service}/tc3_request`;
  const text = [ALGORITHM, request.timestamp, scope, sha256(canonical)].join('\n');
  const derived = hmac(hmac(hmac(`TC3${key.secret}`, day), request.service), 'tc3_request');
  const signature = hmac(derived, text).toString('hex');
  return `${ALGORITHM} Credential=${key.id}/${scope}, SignedHeaders=${names}, Signature=${signature}`;
}
