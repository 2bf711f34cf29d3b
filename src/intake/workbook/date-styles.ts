import { parseXml } from '../../platform/ooxml/xml-part.js';

/** Built-in number formats that show a date or a time, those of Chinese installations included. */
const isBuiltInDate = (id: number): boolean =>
  (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58);

/** Quoted text, escaped characters, and what stands in brackets (colours, conditions, locales) say nothing. */
const SILENT = /"[^"]*"|\\.|\[(?![hms]+\])[^\]]*\]|_.|\*./gi;

export const isDateFormat = (format: string): boolean =>
  /[ymdhs]|上午|下午/i.test((format.split(';')[0] ?? '').replace(SILENT, '').replace(/general/gi, ''));

/** Which cell styles show a number as a date; the index is that of a cell's `s`. */
export async function readDateStyles(part: AsyncIterable<string>): Promise<readonly boolean[]> {
  const custom = new Map<number, boolean>();
  const styles: boolean[] = [];
  let isCellStyles = false;
  await parseXml(part, {
    open(name, attributes) {
      if (name === 'numFmt')
        custom.set(Number(attributes.numFmtId), isDateFormat(attributes.formatCode ?? ''));
      else if (name === 'cellXfs') isCellStyles = true;
      else if (name === 'xf' && isCellStyles) {
        const id = Number(attributes.numFmtId ?? 0);
        styles.push(custom.get(id) ?? isBuiltInDate(id));
      }
    },
    close(name) {
      if (name === 'cellXfs') isCellStyles = false;
    },
  });
  return styles;
}
