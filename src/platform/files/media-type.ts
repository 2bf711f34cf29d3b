/** First bytes of the types that may be kept. */
const SIGNATURES: ReadonlyArray<readonly [mediaType: string, hex: string]> = [
  ['application/pdf', '255044462d'],
  ['image/png', '89504e470d0a1a0a'],
  ['image/jpeg', 'ffd8ff'],
  ['application/zip', '504b0304'],
  ['application/x-ole-storage', 'd0cf11e0a1b11ae1'],
];

/**
 * What a file is by its first bytes, never by its name: documents, pictures, office files (a zip or OLE container)
 * and plain text. `null` for anything else.
 */
export function mediaTypeOf(head: Buffer): string | null {
  const hex = head.toString('hex', 0, 16);
  const known = SIGNATURES.find(([, signature]) => hex.startsWith(signature));
  if (known !== undefined) return known[0];
  return isText(head) ? 'text/plain' : null;
}

/** UTF-8 without control characters; the head may end in the middle of a character. */
function isText(head: Buffer): boolean {
  const text = new TextDecoder('utf-8').decode(head.subarray(0, 4096), { stream: true });
  return text.length > 0 && !/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffd]/u.test(text);
}
