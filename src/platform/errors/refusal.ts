/** One fault of a request: which part of it, why, in which words' parameters. */
export interface Fault {
  /** JSON pointer into the body, or the name of a query parameter behind `?`. */
  pointer: string;
  code: string;
  detail?: string;
  params?: Record<string, unknown>;
}

/**
 * A refusal that the asker can understand and act on. Its text is looked up by code in the message files, in the
 * asker's language; whatever is thrown and is no refusal is a bug.
 */
export class Refusal extends Error {
  constructor(
    readonly status: 400 | 401 | 403 | 404 | 409 | 410 | 412 | 413 | 414 | 415 | 422 | 428 | 429 | 503,
    readonly code: string,
    readonly params: Record<string, unknown> = {},
    readonly faults: readonly Fault[] = [],
    /** Seconds after which to try again (429, 503). */
    readonly retryAfter?: number,
  ) {
    super(code);
    this.name = 'Refusal';
  }
}

export const notFound = (what: string, id: string): Refusal => new Refusal(404, 'NOT_FOUND', { what, id });
