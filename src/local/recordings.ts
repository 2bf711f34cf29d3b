import { closeSync, existsSync, openSync, readFileSync, writeFileSync, writeSync } from 'node:fs';

/**
 * What a recorder received, oldest first: bounded in memory, and kept as JSON lines so that the pages still show it
 * after a restart. A line is on the file before the sender gets its answer, so nothing acknowledged is forgotten.
 */
export class Recordings<T> {
  readonly #limit: number;
  readonly #file: string | null;
  #descriptor: number | null = null;
  #items: T[] = [];
  #linesOnFile = 0;

  constructor(file: string | null, limit = 2_000) {
    this.#file = file;
    this.#limit = limit;
    if (file === null) return;
    if (existsSync(file)) this.#items = readLines<T>(file).slice(-limit);
    this.#rewrite();
  }

  get items(): readonly T[] {
    return this.#items;
  }

  add(item: T): void {
    this.#items.push(item);
    if (this.#items.length >= this.#limit * 2) this.#items = this.#items.slice(-this.#limit);
    if (this.#descriptor === null) return;
    writeSync(this.#descriptor, `${JSON.stringify(item)}\n`);
    this.#linesOnFile += 1;
    // The file may hold a few times what memory holds; rewriting it for every line would cost more than it saves.
    if (this.#linesOnFile > this.#limit * 4) this.#rewrite();
  }

  clear(): void {
    this.#items = [];
    if (this.#descriptor !== null) this.#rewrite();
  }

  close(): void {
    if (this.#descriptor !== null) closeSync(this.#descriptor);
    this.#descriptor = null;
  }

  #rewrite(): void {
    if (this.#file === null) return;
    this.close();
    const kept = this.#items.slice(-this.#limit);
    writeFileSync(this.#file, kept.map((item) => `${JSON.stringify(item)}\n`).join(''), { mode: 0o600 });
    this.#descriptor = openSync(this.#file, 'a', 0o600);
    this.#linesOnFile = kept.length;
  }
}

/** A line cut short by a kill is left out. */
function readLines<T>(file: string): T[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .flatMap((line) => {
      try {
        if (line === '') return [];
        const item: T = JSON.parse(line);
        return [item];
      } catch {
        return [];
      }
    });
}
