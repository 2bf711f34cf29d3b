/** A cell that begins with one of these is run as a formula by the program that opens it. */
const RUN_AS_FORMULA = /^[=+\-@\t\r]/;

/** Text from people, made safe for a cell: an apostrophe in front makes it text in every spreadsheet program. */
export const spreadsheetText = (text: string): string => (RUN_AS_FORMULA.test(text) ? `'${text}` : text);
