/** A share in whole percents, rounded down: 99.9 % is not said to be all. */
export const wholePercent = (share: number): number => Math.floor(Math.round(share * 10_000) / 100);

/** The same as it is: `99.99`. */
export const percent = (share: number): number => Math.round(share * 10_000) / 100;
