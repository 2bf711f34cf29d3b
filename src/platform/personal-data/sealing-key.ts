const KEY_BYTES = 32;
const KEY = /^([A-Za-z0-9_-]{1,32}):(?:([0-9A-Fa-f]{64})|([A-Za-z0-9+/_-]{43}=?))$/;

/** A key of the configuration. What is sealed names it by its id; nothing uses its bytes but what is derived from them. */
export interface SealingKey {
  id: string;
  secret: Buffer;
}

export const SEALING_KEYS_FORM =
  'id:key or id:key,id2:key2, each key 32 random bytes in hex or base64 (openssl rand -hex 32), no id twice';

/** `id:key,id2:key2`, the one for new values first; `null` where it is not that. */
export function readSealingKeys(text: string): SealingKey[] | null {
  const keys: SealingKey[] = [];
  for (const part of text.split(',')) {
    const [, id, hex, base64] = KEY.exec(part.trim()) ?? [];
    if (id === undefined || keys.some((key) => key.id === id)) return null;
    const secret = hex === undefined ? Buffer.from(base64 ?? '', 'base64url') : Buffer.from(hex, 'hex');
    if (secret.length !== KEY_BYTES) return null;
    keys.push({ id, secret });
  }
  return keys;
}
