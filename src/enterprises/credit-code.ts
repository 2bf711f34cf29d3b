/** GB 32100-2015: 31 characters, without I, O, S, V, Z. */
const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const SHAPE = /^[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}$/;
const FULL_WIDTH = /[\uFF01-\uFF5E]/g;
/** From `！` to `!`, and the like. */
const FULL_WIDTH_OFFSET = 0xfee0;

/** Whether it is a unified social credit code (GB 32100-2015) whose check character is right. */
export function isCreditCode(code: string): boolean {
  if (!SHAPE.test(code)) return false;
  let sum = 0;
  let weight = 1;
  for (const character of code.slice(0, 17)) {
    sum += ALPHABET.indexOf(character) * weight;
    weight = (weight * 3) % 31;
  }
  // The outer remainder: a sum of 0 asks for the check value 0, not 31.
  return ALPHABET[(31 - (sum % 31)) % 31] === code[17];
}

/** As people write it, to half width, without blanks, upper case. Nothing is guessed: a letter O stays one. */
export function normalizeCreditCode(text: string): string {
  return text
    .replaceAll(FULL_WIDTH, (character) => String.fromCharCode(character.charCodeAt(0) - FULL_WIDTH_OFFSET))
    .replaceAll(/\s/g, '')
    .toUpperCase();
}
