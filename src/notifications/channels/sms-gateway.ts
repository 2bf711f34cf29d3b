import type { ShortMessage } from '../letter.js';
import type { Outcome } from '../outcome.js';
import type { Receipt } from '../receipts/receipt.js';

/** One SMS to one number. */
export interface OutgoingSms {
  /** The message's own id, so that a gateway can tell a repeat and a receipt can name it. */
  outId: string;
  /** An 11-digit mobile number. */
  to: string;
  content: ShortMessage;
}

/** An SMS that was handed over, about which the gateway is asked. */
export interface SentSms {
  outId: string;
  to: string;
  /** The gateway's own id; `null` where its answer never came. */
  gatewayId: string | null;
  /** Not sent before this moment. */
  notBefore: Date;
}

/** A way to the operators' networks. */
export interface SmsGateway {
  /** Never throws, and ends soon after the signal is aborted. */
  send(sms: OutgoingSms, signal: AbortSignal): Promise<Outcome>;
}

/** A gateway that can be asked what became of an SMS. */
export interface AskableGateway extends SmsGateway {
  /** @returns `null`: nothing is known yet. @throws NoAnswer, NotAnswered when it should be asked again later */
  ask(sms: SentSms, signal: AbortSignal): Promise<Receipt | null>;
}

/** The gateway answered that it does not answer now. */
export class NotAnswered extends Error {}
