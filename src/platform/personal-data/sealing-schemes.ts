import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  hkdfSync,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto';

export const SEALING_SCHEMES = ['aes-256-gcm', 'sm4'] as const;
export type SealingScheme = (typeof SEALING_SCHEMES)[number];

/** What was sealed elsewhere, with another key, or was changed since. Says nothing of what it held. */
export class SealBroken extends Error {}

/** One scheme with one key. `context` is bound to what is sealed and is not part of it. */
export interface Sealer {
  seal(plain: string, context: string): Buffer;
  /** @throws SealBroken */
  open(sealed: Buffer, context: string): string;
  /** The same for the same text, and of no use without the key. */
  hash(plain: string, context: string): Buffer;
}

/** Each use has a key of its own, so that none can stand in for another. */
const derived = (digest: string, secret: Buffer, use: string, length: number): Buffer =>
  Buffer.from(hkdfSync(digest, secret, '', `shukun personal data ${use}`, length));

function aes256Gcm(secret: Buffer): Sealer {
  const NONCE = 12;
  const TAG = 16;
  const key = derived('sha256', secret, 'aes-256-gcm', 32);
  const hashKey = derived('sha256', secret, 'hmac-sha256 search', 32);
  return {
    seal(plain, context) {
      const nonce = randomBytes(NONCE);
      const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(context));
      return Buffer.concat([nonce, cipher.update(plain, 'utf8'), cipher.final(), cipher.getAuthTag()]);
    },
    open(sealed, context) {
      if (sealed.length < NONCE + TAG) throw new SealBroken('too short');
      const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, NONCE), { authTagLength: TAG })
        .setAAD(Buffer.from(context))
        .setAuthTag(sealed.subarray(-TAG));
      const plain = decipher.update(sealed.subarray(NONCE, -TAG));
      try {
        return Buffer.concat([plain, decipher.final()]).toString('utf8');
      } catch {
        throw new SealBroken('the tag does not fit');
      }
    },
    hash: (plain, context) => createHmac('sha256', hashKey).update(`${context}\0${plain}`).digest(),
  };
}

/** SM4-CTR, then HMAC-SM3 over context, counter and text: GB/T 32907, GB/T 32905. */
function sm4(secret: Buffer): Sealer {
  const COUNTER = 16;
  const MAC = 32;
  const key = derived('sm3', secret, 'sm4-ctr', 16);
  const macKey = derived('sm3', secret, 'hmac-sm3', 32);
  const hashKey = derived('sm3', secret, 'hmac-sm3 search', 32);
  const macOf = (sealed: Buffer, context: string): Buffer =>
    // The length first: no other context and text run together to the same bytes.
    createHmac('sm3', macKey)
      .update(`${Buffer.byteLength(context)}\0${context}`)
      .update(sealed)
      .digest();
  return {
    seal(plain, context) {
      const counter = randomBytes(COUNTER);
      const cipher = createCipheriv('sm4-ctr', key, counter);
      const sealed = Buffer.concat([counter, cipher.update(plain, 'utf8'), cipher.final()]);
      return Buffer.concat([sealed, macOf(sealed, context)]);
    },
    open(bytes, context) {
      if (bytes.length < COUNTER + MAC) throw new SealBroken('too short');
      const sealed = bytes.subarray(0, -MAC);
      if (!timingSafeEqual(macOf(sealed, context), bytes.subarray(-MAC)))
        throw new SealBroken('the code does not fit');
      const decipher = createDecipheriv('sm4-ctr', key, sealed.subarray(0, COUNTER));
      return Buffer.concat([decipher.update(sealed.subarray(COUNTER)), decipher.final()]).toString('utf8');
    },
    hash: (plain, context) => createHmac('sm3', hashKey).update(`${context}\0${plain}`).digest(),
  };
}

export const SEALERS: Record<SealingScheme, (secret: Buffer) => Sealer> = { 'aes-256-gcm': aes256Gcm, sm4 };
