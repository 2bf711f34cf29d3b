/** A spreadsheet program takes text that begins so for a formula, and carries it out. */
const FORMULA_START = /^[=+\-@\t\r]/;

/** Text as a cell that shows it and never runs it. */
export const neutralized = (text: string): string => (FORMULA_START.test(text) ? `'${text}` : text);
