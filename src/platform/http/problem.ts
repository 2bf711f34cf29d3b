import type { Fault, Refusal } from '../errors/refusal.js';
import { knownText, type Locale, textOf, titleOf } from '../errors/message-text.js';

export const PROBLEM_TYPE = 'application/problem+json; charset=utf-8';

/** A problem document, RFC 9457. */
export interface Problem {
  /** URN of the kind of problem; one for each code. */
  type: string;
  title: string;
  status: number;
  detail: string;
  /** Path that was asked for. */
  instance: string;
  code: string;
  params: Record<string, unknown>;
  errors: Array<{ pointer: string; code: string; detail: string }>;
  requestId: string;
}

/** What a problem is made from: a {@link Refusal}, or the status and code that an error comes down to. */
export type ProblemCause = Pick<Refusal, 'code' | 'params' | 'faults'> & {
  status: number;
  retryAfter?: number;
};

export function problemOf(
  cause: ProblemCause,
  request: { url: string; id: string },
  locale: Locale,
): Problem {
  return {
    type: `urn:shukun:problem:${cause.code.toLowerCase().replaceAll('_', '-')}`,
    title: titleOf(cause.status, locale),
    status: cause.status,
    detail: textOf(cause.code, cause.params, locale),
    // Without the query: it may hold what somebody searched for.
    instance: request.url.split('?', 1)[0] ?? request.url,
    code: cause.code,
    params: cause.params,
    errors: cause.faults.map((fault) => ({
      pointer: fault.pointer,
      code: fault.code,
      detail: detailOf(fault, locale),
    })),
    requestId: request.id,
  };
}

const detailOf = (fault: Fault, locale: Locale): string =>
  knownText(fault.code, fault.params ?? {}, locale) ?? fault.detail ?? fault.code;
