import { inOneLine, type Outcome } from '../outcome.js';
import { gatewayIdOf } from '../receipts/receipt.js';
import { NoAnswer } from './http-post.js';

/** Said before anything is taken: it asks to come again, or does not let this message in. */
const COME_AGAIN: ReadonlySet<number> = new Set([403, 425, 429]);
/** Said before anything is taken, whatever the message: it is down, or does not let us in. */
const LETS_NOBODY_IN: ReadonlySet<number> = new Set([401, 503]);
/** It, or something between us and it, failed at a moment that nobody knows: it may have taken the message. */
const isLeftOpen = (status: number): boolean => status === 408 || (status >= 500 && status !== 503);

/** What a status says where no code does; `null`: nothing, since the request was answered well. */
export function meaningOfStatus(
  status: number,
): { status: 'unknown' | 'temporary' | 'failed'; isAway?: true } | null {
  if (isLeftOpen(status)) return { status: 'unknown', isAway: true };
  if (LETS_NOBODY_IN.has(status)) return { status: 'temporary', isAway: true };
  if (COME_AGAIN.has(status)) return { status: 'temporary' };
  return status < 200 || status >= 300 ? { status: 'failed' } : null;
}

/** What the gateway's answer means: `{code: "OK", id}` is taken, any other code is a refusal. */
export function gatewayAnswer(status: number, body: unknown): Outcome {
  const answer: Record<string, unknown> = typeof body === 'object' ? { ...body } : {};
  const code = typeof answer['code'] === 'string' ? inOneLine(answer['code']).slice(0, 60) : null;
  const gatewayCode = code ?? `HTTP_${status}`;
  const gatewayText = typeof answer['message'] === 'string' ? inOneLine(answer['message']) : `HTTP ${status}`;
  const meaning = meaningOfStatus(status);
  if (meaning !== null) return { ...meaning, gatewayCode, gatewayText };
  if (code === null) return { status: 'unknown', gatewayCode: 'ANSWER_UNREADABLE', gatewayText };
  if (code !== 'OK') return { status: 'failed', gatewayCode, gatewayText };
  return { status: 'sent', gatewayId: gatewayIdOf(answer['id']), gatewayCode, gatewayText };
}

/** What it means that there was no answer: before a connection stood nothing was taken, after it something may be. */
export function gatewaySilence({ cause, message, isHandedOver }: NoAnswer): Outcome {
  const code =
    typeof cause === 'object' && cause !== null && 'code' in cause ? String(cause.code) : 'NO_ANSWER';
  return isHandedOver
    ? { status: 'unknown', gatewayCode: 'NO_ANSWER', gatewayText: inOneLine(message), isAway: true }
    : { status: 'temporary', gatewayCode: code, gatewayText: inOneLine(message), isAway: true };
}

/** An attempt that ends in an outcome also where there was no answer. */
export async function orSilence(attempt: () => Promise<Outcome>): Promise<Outcome> {
  try {
    return await attempt();
  } catch (error) {
    if (error instanceof NoAnswer) return gatewaySilence(error);
    throw error;
  }
}
