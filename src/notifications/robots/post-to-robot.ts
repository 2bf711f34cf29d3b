import { Injectable } from '@nestjs/common';
import { OutgoingHttp } from '../../platform/http/outgoing/outgoing-http.js';
import { inOneLine, type Outcome } from '../outcome.js';
import type { Robot } from './robot.js';
import { robotOutcome } from './robot-outcome.js';

/** It ends well before the lease of the row. */
const SEND_WITHIN_MS = 7_000;
const LONGEST_ANSWER = 16_384;

/** Posts to a group by its robot, once. Where robots are reached is configured, and what may be reached is judged anew. */
@Injectable()
export class PostToRobot {
  constructor(private readonly outgoing: OutgoingHttp) {}

  /** It never throws. */
  async post(robot: Robot, title: string, content: string, now: Date): Promise<Outcome> {
    const { url, body } = robot.request(title, content, now);
    let isHandedOver = false;
    try {
      const answer = await this.outgoing.fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json; charset=utf-8' },
        body: JSON.stringify(body),
        timeoutMs: SEND_WITHIN_MS,
        maxBytes: LONGEST_ANSWER,
        onConnected: () => (isHandedOver = true),
      });
      return robotOutcome(robot, answer.status, parsed(await answer.text()));
    } catch (error) {
      return silence(error, isHandedOver);
    }
  }
}

/** No answer: before a connection stood nothing was posted, after it something may be. */
function silence(error: unknown, isHandedOver: boolean): Outcome {
  const { name, code, message }: { name?: unknown; code?: unknown; message?: unknown } = Object(error);
  const gatewayText = inOneLine(String(message));
  if (isHandedOver) return { status: 'unknown', gatewayCode: 'NO_ANSWER', gatewayText };
  const known = typeof code === 'string' ? code : 'NOT_REACHED';
  return { status: 'temporary', gatewayCode: name === 'TimeoutError' ? 'ETIMEDOUT' : known, gatewayText };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
