const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];

/** A credit code with a right check character, another one for each number. */
export function creditCodeOf(number: number): string {
  const body = `91610902MA7${String(number).padStart(6, '0')}`;
  const sum = [...body].reduce(
    (total, letter, place) => total + ALPHABET.indexOf(letter) * (WEIGHTS[place] ?? 0),
    0,
  );
  return body + (ALPHABET[(31 - (sum % 31)) % 31] ?? '');
}
