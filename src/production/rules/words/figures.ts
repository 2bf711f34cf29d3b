/** A share in per cent, one decimal where there is one. */
export const percent = (share: number): string => `${Number((share * 100).toFixed(1))}%`;

/** What a figure is of another, in per cent. */
export const percentOf = (value: number | null, whole: number | null): string =>
  value === null || whole === null || whole <= 0 ? '—' : percent(value / whole);

/** At most two decimals, thousands apart. */
export function grouped(value: number): string {
  const [whole = '', decimals] = value
    .toFixed(2)
    .replace(/\.?0+$/, '')
    .split('.');
  const thousands = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return decimals === undefined ? thousands : `${thousands}.${decimals}`;
}
