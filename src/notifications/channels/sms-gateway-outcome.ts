import { inOneLine, type Outcome } from '../outcome.js';
import type { NoAnswer } from './http-post.js';

/** Said before anything is taken: it asks to come again, or does not let us in yet. */
const COME_AGAIN: ReadonlySet<number> = new Set([401, 403, 425, 429]);
/** It, or something between us and it, failed at a moment that nobody knows: it may have taken the message. */
const isLeftOpen = (status: number): boolean => status === 408 || (status >= 500 && status !== 503);

/** What the gateway's answer means: `{code: "OK", id}` is taken, any other code is a refusal. */
export function gatewayAnswer(status: number, body: unknown): Outcome {
  const answer: Record<string, unknown> = typeof body === 'object' ? { ...body } : {};
  const code = typeof answer['code'] === 'string' ? inOneLine(answer['code']).slice(0, 60) : null;
  const gatewayCode = code ?? `HTTP_${status}`;
  const gatewayText = typeof answer['message'] === 'string' ? inOneLine(answer['message']) : `HTTP ${status}`;
  if (isLeftOpen(status)) return { status: 'unknown', gatewayCode, gatewayText, isAway: true };
  if (status === 503) return { status: 'temporary', gatewayCode, gatewayText, isAway: true };
  if (COME_AGAIN.has(status)) return { status: 'temporary', gatewayCode, gatewayText };
  if (status < 200 || status >= 300) return { status: 'failed', gatewayCode, gatewayText };
  if (code === null) return { status: 'unknown', gatewayCode: 'ANSWER_UNREADABLE', gatewayText };
  if (code !== 'OK') return { status: 'failed', gatewayCode, gatewayText };
  const id = answer['id'];
  return {
    status: 'sent',
    gatewayId: typeof id === 'string' ? id.slice(0, 200) : null,
    gatewayCode,
    gatewayText,
  };
}

/** What it means that there was no answer: before a connection stood nothing was taken, after it something may be. */
export function gatewaySilence({ cause, message, isHandedOver }: NoAnswer): Outcome {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'NO_ANSWER';
  return isHandedOver
    ? { status: 'unknown', gatewayCode: 'NO_ANSWER', gatewayText: inOneLine(message), isAway: true }
    : { status: 'temporary', gatewayCode: code, gatewayText: inOneLine(message), isAway: true };
}
