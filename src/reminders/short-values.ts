/** A template and what fills its variables. */
export interface ShortWording {
  template: string;
  values: Record<string, string | number>;
}

export const MOST_DAYS = 99;
export const MOST_ITEMS = 999;

/** `11月5日` */
export const shortDate = (on: string): string => `${Number(on.slice(5, 7))}月${Number(on.slice(8))}日`;
