/**
 * `Content-Disposition` of a download: never shown in place, its name encoded by RFC 8187 whatever it holds.
 * @param plain a name in ASCII, for programs that do not know that
 */
export function attachment(fileName: string, plain?: string): string {
  const encoded = encodeURIComponent(fileName).replaceAll(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  const fallback = plain === undefined ? '' : ` filename="${plain}";`;
  return `attachment;${fallback} filename*=UTF-8''${encoded}`;
}
