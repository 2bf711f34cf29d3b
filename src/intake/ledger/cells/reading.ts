/** What a cell does not plainly mean is not guessed at. */
export const INVALID: unique symbol = Symbol('invalid');

/** The value that a cell plainly means, `null` for an empty one. */
export type Reading<T> = T | null | typeof INVALID;
