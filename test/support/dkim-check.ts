import { createHash, createVerify, type KeyObject } from 'node:crypto';

/** RFC 6376, 3.4.2 and 3.4.4, written from the text of the standard and not from what signs. */
const relaxedHeader = (field: string): string => {
  const colon = field.indexOf(':');
  const value = field
    .slice(colon + 1)
    .replaceAll('\r\n', '')
    .replaceAll(/[ \t]+/g, ' ')
    .trim();
  return `${field.slice(0, colon).trim().toLowerCase()}:${value}`;
};
const relaxedBody = (body: string): string => {
  const lines = body.split('\r\n').map((line) => line.replaceAll(/[ \t]+/g, ' ').replace(/ $/, ''));
  while (lines.at(-1) === '') lines.pop();
  return lines.length === 0 ? '' : `${lines.join('\r\n')}\r\n`;
};

export interface Signature {
  /** Its tags: `d`, `s`, `h`, … */
  tags: Record<string, string>;
  isBodyWhole: boolean;
  isSigned: boolean;
}

/** What a receiver makes of the signature of a mail, given the key that it would find in the DNS. */
export function checkDkim(raw: Buffer, publicKey: KeyObject): Signature | null {
  const mail = raw.toString('latin1');
  const end = mail.indexOf('\r\n\r\n');
  const fields = mail.slice(0, end).split(/\r\n(?![ \t])/);
  const own = fields.find((field) => /^dkim-signature:/i.test(field));
  if (own === undefined) return null;
  const tags = Object.fromEntries(
    own
      .slice(own.indexOf(':') + 1)
      .replaceAll(/\s+/g, '')
      .split(';')
      .filter((tag) => tag !== '')
      .map((tag) => [tag.slice(0, tag.indexOf('=')), tag.slice(tag.indexOf('=') + 1)] as const),
  );
  const bodyHash = createHash('sha256')
    .update(relaxedBody(mail.slice(end + 4)), 'latin1')
    .digest('base64');
  // Of several with one name the last one first.
  const left = fields.filter((field) => field !== own);
  const signed = (tags['h'] ?? '').split(':').flatMap((name) => {
    const at = left.findLastIndex((field) => field.toLowerCase().startsWith(`${name.toLowerCase()}:`));
    return at < 0 ? [] : left.splice(at, 1).map((field) => `${relaxedHeader(field)}\r\n`);
  });
  const unsigned = relaxedHeader(own.replace(/(;\s*b=)[^;]*/, '$1'));
  return {
    tags,
    isBodyWhole: bodyHash === tags['bh'],
    isSigned: createVerify('RSA-SHA256')
      .update(signed.join('') + unsigned, 'latin1')
      .verify(publicKey, tags['b'] ?? '', 'base64'),
  };
}
