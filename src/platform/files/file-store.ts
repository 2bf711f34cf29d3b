import type { Readable } from 'node:stream';
import { type Draft, receiveDraft, removeDraftsBefore } from './draft.js';

/**
 * Keeps contents by their hash: the same content twice is stored once, and what is stored never changes nor goes. A
 * content comes in as a draft on the local disk first, so that all that can be said against it is said before it is
 * kept. A process killed between keeping one and naming it in a row leaves it unnamed: no harm, for nobody can ask for
 * it, and the upload sent again finds it there.
 */
export abstract class FileStore {
  /** @param drafts folder for what is coming in */
  constructor(protected readonly drafts: string) {}

  /**
   * Takes a content in, to be kept or discarded.
   * @throws Refusal 413 FILE_TOO_LARGE past `maxBytes`, 400 FILE_EMPTY, 503 FILE_STORE_AWAY; nothing is left then
   */
  receive(content: Readable | Buffer, maxBytes: number): Promise<Draft> {
    return receiveDraft(this.drafts, content, maxBytes);
  }

  /** Drafts that nobody has written to since, which is none of an upload that is under way. @returns how many */
  forgetDrafts(since: Date): Promise<number> {
    return removeDraftsBefore(this.drafts, since);
  }

  /** @throws Refusal 503 FILE_STORE_AWAY; it is kept whole or not at all */
  abstract keep(draft: Draft): Promise<void>;

  /** A kept content, from its beginning. @throws Refusal 503 FILE_STORE_AWAY */
  abstract open(sha256: string): Promise<Readable>;

  /**
   * For readers that need a file: what they have opened they may go on reading, but its name is good for the call only.
   * @throws Refusal 503 FILE_STORE_AWAY
   */
  abstract withFile<Result>(sha256: string, work: (path: string) => Promise<Result>): Promise<Result>;
}
