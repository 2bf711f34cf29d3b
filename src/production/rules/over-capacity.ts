/** Divisions of GB/T 4754 where more than the capacity is a danger: mining, and hazardous chemistry. */
export const HAZARDOUS_DIVISIONS = ['06', '07', '08', '09', '10', '11', '12', '25', '26'] as const;
const HAZARDOUS: ReadonlySet<string> = new Set(HAZARDOUS_DIVISIONS);

/** A safety flag, never a success. @param utilisation a share, 1 being all of the capacity */
export const isOverCapacity = (industryCode: string | null, utilisation: number): boolean =>
  utilisation > 1 && industryCode !== null && HAZARDOUS.has(industryCode);
