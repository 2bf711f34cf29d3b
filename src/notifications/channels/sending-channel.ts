import type { Channel } from '../channel.js';
import type { ClaimedMessage, MessageWriter } from '../letter.js';
import type { Outcome } from '../outcome.js';

/** Hands one message over. It never throws, and ends soon after the signal is aborted. */
export type Send = (signal: AbortSignal) => Promise<Outcome>;

/** A way by which messages leave. */
export interface SendingChannel {
  readonly channel: Channel;
  /** Not configured: nothing leaves by it, and what it would carry is suppressed. */
  readonly isOff: boolean;
  /** Messages on their way at once. */
  readonly atOnce: number;
  /** Writes messages and gives back, for each, what sends it; a message that has none could not be written. */
  prepare(messages: readonly ClaimedMessage[], writer: MessageWriter): Promise<Map<string, Send>>;
  close(): void;
}
