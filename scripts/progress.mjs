/** Lines on the console with the seconds since the start, and how long each step took. */
export class Progress {
  #startedAt = performance.now();
  #isShown;

  constructor(isShown = true) {
    this.#isShown = isShown;
    // The terminal may be gone before the children are stopped; a line nobody reads must not end the launcher.
    process.stdout.on('error', () => undefined);
    process.stderr.on('error', () => undefined);
  }

  note(text) {
    if (this.#isShown) console.log(`[${seconds(performance.now() - this.#startedAt)}] ${text}`);
  }

  /** Runs a step and says how long it took; what the step returns as a string is said as well. */
  async step(name, work) {
    const startedAt = performance.now();
    const result = await work();
    const detail = typeof result === 'string' ? `: ${result}` : '';
    this.note(`${name}${detail} (${seconds(performance.now() - startedAt).trim()})`);
    return result;
  }
}

function seconds(milliseconds) {
  return `${(milliseconds / 1000).toFixed(1)} s`.padStart(7);
}
