/**
 * A cell that begins with one of these is run as a formula by the program that opens it; where people write Chinese, also
 * with those of full width (OWASP, CSV Injection).
 */
const RUN_AS_FORMULA = /^'*[=+\-@＝＋－＠\t\r\n]/;

/**
 * Text from people, made safe for a cell: an apostrophe in front makes it text in every spreadsheet program. Text that
 * looks as if that had been done to it gets one more, so that {@link typedText} finds what it was.
 */
export const spreadsheetText = (text: string): string => (RUN_AS_FORMULA.test(text) ? `'${text}` : text);

/** What {@link spreadsheetText} was given. */
export const typedText = (text: string): string =>
  text.startsWith("'") && RUN_AS_FORMULA.test(text) ? text.slice(1) : text;
