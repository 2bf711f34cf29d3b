/** Why numbers are given in full: in words, for who reads the trail. */
export const SHORTEST_REASON = 3;
export const LONGEST_REASON = 200;

export const isReason = (text: string): boolean =>
  text.length >= SHORTEST_REASON && text.length <= LONGEST_REASON && /\S/.test(text);
