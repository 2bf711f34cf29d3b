import type { WeeklyColumns } from '../table/columns.js';
import type { ExportTexts } from './texts/export-texts.js';

/** A heading in one line: in a narrow column it is broken, also within words. */
export const headingOf = (column: keyof WeeklyColumns, { columns, locale }: ExportTexts): string =>
  columns[column].heading
    .replaceAll('-\n', locale === 'en' ? '' : '-')
    .replaceAll('\n', locale === 'en' ? ' ' : '');
