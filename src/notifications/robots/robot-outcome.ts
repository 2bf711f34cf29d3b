import { gatewayAnswer } from '../channels/sms-gateway-outcome.js';
import type { Outcome } from '../outcome.js';
import type { Robot } from './robot.js';

/** Both robots answer 200 with `{errcode, errmsg}`; 0 is posted, any other code is a refusal, some of them for now. */
export function robotOutcome(
  { comeAgain }: Pick<Robot, 'comeAgain'>,
  status: number,
  answer: unknown,
): Outcome {
  const { errcode, errmsg }: { errcode?: unknown; errmsg?: unknown } = Object(answer);
  const isAnswer = typeof errcode === 'number';
  const code = errcode === 0 ? 'OK' : String(errcode);
  const outcome = gatewayAnswer(status, isAnswer ? { code, message: errmsg } : null);
  const isForNow = outcome.status === 'failed' && isAnswer && comeAgain.has(errcode);
  return isForNow ? { ...outcome, status: 'temporary' } : outcome;
}
