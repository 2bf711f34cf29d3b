import { Refusal } from '../../platform/errors/refusal.js';
import { cellText } from './cell-text.js';
import { parseXml } from '../../platform/ooxml/xml-part.js';
import type { WorkbookLimits } from './workbook-limits.js';

/** Text of each shared string; `null` for one too long, which is refused only where a sheet that is read uses it. */
export type SharedStrings = ReadonlyArray<string | null>;

/** @throws Refusal WORKBOOK_TOO_LARGE, and what reading the part throws */
export async function readSharedStrings(
  part: AsyncIterable<string>,
  limits: WorkbookLimits,
): Promise<SharedStrings> {
  const strings: Array<string | null> = [];
  let total = 0;
  let text = '';
  let isText = false;
  /** Readings (phonetic runs) stand inside a string and are no part of it. */
  let isPhonetic = false;
  await parseXml(part, {
    open(name) {
      if (name === 'si') text = '';
      else if (name === 'rPh') isPhonetic = true;
      else if (name === 't') isText = !isPhonetic;
    },
    text(piece) {
      if (isText && text.length <= limits.maxCellCharacters) text += piece;
    },
    close(name) {
      if (name === 't') isText = false;
      else if (name === 'rPh') isPhonetic = false;
      else if (name === 'si') {
        const string = text.length > limits.maxCellCharacters ? null : cellText(text);
        total += 1 + (string?.length ?? 0);
        if (total > limits.maxSharedCharacters) {
          throw new Refusal(413, 'WORKBOOK_TOO_LARGE', { maxSharedCharacters: limits.maxSharedCharacters });
        }
        strings.push(string);
      }
    },
  });
  return strings;
}
