import type { MailMoment, MailVerdict } from '../../src/local/mail-recorder.js';
import type { SmsVerdict } from '../../src/local/sms-recorder.js';
import type { ProductChild } from './product-child.js';
import type { Receivers } from './receivers.js';
import type { Seeded } from './seeded.js';

/** When a worker is killed: in its sweep or soon after, or in the middle of its n-th message. */
export type KillMoment =
  | { stage: 'ring'; afterMs: number }
  | { stage: 'recipient'; count: number }
  /** Its content is on its way; the server may have taken it or not. */
  | { stage: 'data' | 'sms'; count: number; isTaken: boolean };

const LATEST_MS = 600;
const LATEST_MESSAGE = 24;

export function killMoment(random: Seeded): KillMoment {
  const stage = random.pick(['ring', 'recipient', 'data', 'data', 'sms', 'sms'] as const);
  if (stage === 'ring') return { stage, afterMs: random.between(0, LATEST_MS) };
  const count = random.between(1, LATEST_MESSAGE);
  return stage === 'recipient' ? { stage, count } : { stage, count, isTaken: random.between(0, 1) === 1 };
}

export function describeMoment(moment: KillMoment): string {
  if (moment.stage === 'ring') return `${moment.afterMs} ms after the ring`;
  const taken = moment.stage === 'recipient' ? '' : moment.isTaken ? ', taken' : ', not taken';
  return `${moment.stage} ${moment.count}${taken}`;
}

/** Lays the kill; it happens by itself when the worker gets there. */
export function killAt(moment: KillMoment, child: ProductChild, receivers: Receivers): void {
  if (moment.stage === 'ring') {
    setTimeout(() => child.kill(), moment.afterMs);
    return;
  }
  let left = moment.count;
  const isNow = (stage: string): boolean => stage === moment.stage && (left -= 1) === 0;
  const kill = (): 'cut' | 'hang' => {
    child.kill();
    return 'isTaken' in moment && !moment.isTaken ? 'hang' : 'cut';
  };
  const mail = ({ stage }: MailMoment): MailVerdict => (isNow(stage) ? kill() : 'accept');
  const sms = (): SmsVerdict => (isNow('sms') ? kill() : 'accept');
  receivers.misbehave(mail, sms);
}
