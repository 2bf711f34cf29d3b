import { Matches, ValidateIf } from 'class-validator';

/** A field that may be left out, and may not be `null`. */
export const MayBeAbsent = () => ValidateIf((_, value) => value !== undefined);

/** A field that may be left out or `null`, which clears it. */
export const MayBeNull = () => ValidateIf((_, value) => value !== undefined && value !== null);

/** What is written into subjects, headings and sheets as one line. */
export const IsOneLine = () => Matches(/^[^\x00-\x1f\x7f-\x9f\u2028\u2029]*$/u);

/** The fields that a body really gives; one that was left out says nothing. */
export const given = <Body extends object>(body: Body): Partial<Body> =>
  Object.assign(
    {},
    ...Object.entries(body).map(([name, value]) => (value === undefined ? {} : { [name]: value })),
  );
