/** Characters that must be left once what everybody would try has been taken away. */
const LEAST_LEFT = 6;
const LEAST_DISTINCT = 6;

/** What people put into passwords, here and everywhere: keyboard rows, common passwords, words of this product. */
const COMMON = `
  qwertyuiop asdfghjkl zxcvbnm qwerty asdfgh zxcvbn qazwsxedc qazwsx 1qaz 2wsx
  password passwort passwd changeme letmein welcome secret default temporary
  administrator admin root user guest system security auditor manager login
  iloveyou sunshine princess football baseball superman monkey dragon master
  woaini 5201314 1314520 147258369 123123 112233 520520 a1b2c3d4 abc123
  shukun ankang shaanxi zhuanban wenzengzhang gongxinju hanbin xunyang pingli
  纾困 安康 陕西 专班 稳增长 工信局 密码 管理员 汉滨 旬阳
  company test demo example hello china zhongguo
`
  .trim()
  .split(/\s+/)
  .toSorted((one, other) => other.length - one.length);

/** Letters that are written as other signs. */
const DISGUISED: Readonly<Record<string, string>> = {
  '@': 'a',
  '0': 'o',
  '1': 'l',
  '3': 'e',
  $: 's',
  '5': 's',
};

/** Whether a password of allowed length can be guessed all the same. */
export function isTooWeak(password: string, username: string): boolean {
  const lower = password.toLowerCase();
  if (lower.includes(username.toLowerCase()) || new Set(lower).size < LEAST_DISTINCT) return true;
  return isRepeated(lower) || left(lower) < LEAST_LEFT;
}

/** Whether it is one piece again and again, such as `Kx7#pqKx7#pqKx`. */
function isRepeated(text: string): boolean {
  for (let period = 1; period <= text.length / 2; period += 1) {
    if (text.startsWith(text.slice(period))) return true;
  }
  return false;
}

/** How many characters are neither of a common word, nor a year, nor punctuation, nor go on as the ones before them. */
function left(lower: string): number {
  const uncommon = withoutCommonWords(lower).replace(/(?:19|20)\d\d/g, '');
  const letters = [...uncommon.replace(/[^\p{L}\p{N}]/gu, '')];
  return letters.filter((_, index) => !goesOn(letters, index)).length;
}

/** Blanks for common words, as they are and in disguise; sign for sign, so that places are the same in both. */
function withoutCommonWords(lower: string): string {
  let text = lower;
  let plain = lower.replace(/[@013$5]/g, (sign) => DISGUISED[sign] ?? sign);
  for (const word of COMMON) {
    const blank = ' '.repeat(word.length);
    for (const from of [placesOf(word, text), placesOf(word, plain)].flat()) {
      text = text.slice(0, from) + blank + text.slice(from + word.length);
      plain = plain.slice(0, from) + blank + plain.slice(from + word.length);
    }
  }
  return text;
}

function placesOf(word: string, text: string): number[] {
  const places: number[] = [];
  for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + 1)) places.push(at);
  return places;
}

/** `c` in `abc`, `1` in `321`, `a` in `aaa`. */
function goesOn(letters: readonly string[], index: number): boolean {
  const [before, previous, present] = [letters[index - 2], letters[index - 1], letters[index]].map(
    (letter) => (letter === undefined ? Number.NaN : (letter.codePointAt(0) ?? Number.NaN)),
  );
  if (before === undefined || previous === undefined || present === undefined) return false;
  const step = present - previous;
  return Math.abs(step) <= 1 && step === previous - before;
}
