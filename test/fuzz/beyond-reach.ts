/** Operations that no request made from the document alone is ever a success of, and why. */
export const BEYOND_REACH: Readonly<Record<string, string>> = {};
