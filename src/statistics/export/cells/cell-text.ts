/** A cell that begins with one of these is run as a formula by the program that opens it. */
const RUN_AS_FORMULA = /^[=+\-@\t\r]/;
/** Excel takes 32,767 characters in a cell, escapes and all. */
const LONGEST = 16_000;
/** What XML 1.0 cannot hold: control characters, half of a surrogate pair, and what is no character. */
const NOT_IN_XML = /(?![\t\n\r])[\p{Cc}\p{Surrogate}\uFFFE\uFFFF]/gu;

/** Text from people, made safe for a cell: an apostrophe in front makes it text in every spreadsheet program. */
export const neutralized = (text: string): string => (RUN_AS_FORMULA.test(text) ? `'${text}` : text);

/** Text from people as a cell of a workbook shows it: not run, and with nothing in it that XML cannot hold. */
export const cellText = (text: string): string =>
  neutralized(text.slice(0, LONGEST))
    .replaceAll(NOT_IN_XML, '\uFFFD')
    .replaceAll(/\r\n?/g, '\n')
    // What looks like an escape of OOXML would be read as the character that it names.
    .replaceAll(/_x(?=[\dA-Fa-f]{4}_)/g, '_x005F_x');

export const inCell = (value: string | number): string | number =>
  typeof value === 'string' ? cellText(value) : value;
