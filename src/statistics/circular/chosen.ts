/** Some of many, to be named in a sentence, and how many are left unnamed. */
export interface Chosen<Item> {
  named: readonly Item[];
  unnamed: number;
}

/** So many names are read; more are skimmed. */
export const MOST_NAMED = 5;

export const chosen = <Item>(items: readonly Item[], most = MOST_NAMED): Chosen<Item> => ({
  named: items.slice(0, most),
  unnamed: Math.max(0, items.length - most),
});

/**
 * Those with the best values, so many places and no more; equal values share a place, and either all of them are
 * chosen or none.
 * @param items best first
 */
export function firstPlaces<Item>(
  items: readonly Item[],
  places: number,
  valueOf: (item: Item) => number,
): Item[] {
  const values = [...new Set(items.map(valueOf))].slice(0, places);
  return items.filter((item) => values.includes(valueOf(item)));
}
