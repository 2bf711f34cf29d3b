/** The moment from which first facts hold: before anything that a ledger can tell of. */
export const SINCE_ALWAYS = new Date('1900-01-01T00:00:00Z');
