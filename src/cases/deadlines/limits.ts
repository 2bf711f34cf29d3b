/** Default limits in working days. */
export const LIMITS = {
  assign: 2,
  sign: 1,
  handling: { simple: 5, general: 15, complex: 30 },
  coHandler: 3,
  verify: 3,
} as const;
