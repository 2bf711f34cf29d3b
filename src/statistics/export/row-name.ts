import type { By } from '../table/groupings.js';
import type { ExportTexts } from './texts/export-texts.js';

/** Units, departments and officials are called as they are; what is a word of ours has a name in each language. */
export const nameOf = (
  { key, name }: { key: string; name: string },
  by: By,
  { rowNames }: ExportTexts,
): string => rowNames[by]?.[key] ?? rowNames.any?.[key] ?? name;
