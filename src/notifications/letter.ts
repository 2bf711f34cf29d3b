import type { AttachedFile } from './notices/notice-facts.js';

/** An e-mail, without its sender and recipient. */
export interface Letter {
  subject: string;
  text: string;
  html: string;
  /** Read from the file store when it is sent. */
  attached?: readonly AttachedFile[];
}

/** An SMS from an approved template; `text` is the template filled in, with the signature. */
export interface ShortMessage {
  template: string;
  variables: Record<string, string>;
  text: string;
}

/** A message under lease: only the holder of this fence may record what became of it. */
export interface ClaimedMessage {
  id: string;
  fence: number;
  /** Attempts made, this one included. */
  attempts: number;
  /** The official, or the enterprise whose contact it goes to. */
  recipientId: string;
  isContact: boolean;
  recipientName: string;
  /** E-mail address or mobile number. */
  address: string;
}

/** Says what messages say. The feature whose messages they are implements it and registers with {@link Writers}. */
export interface MessageWriter {
  letters(messages: readonly ClaimedMessage[]): Promise<Map<string, Letter>>;
  shortMessages(messages: readonly ClaimedMessage[]): Promise<Map<string, ShortMessage>>;
}

/** Keeps the one writer of messages, so that sending need not know what is sent. */
export class Writers {
  private writer: MessageWriter | null = null;

  use(writer: MessageWriter): void {
    if (this.writer !== null) throw new Error('messages have a writer already');
    this.writer = writer;
  }

  get(): MessageWriter {
    if (this.writer === null) throw new Error('messages have no writer');
    return this.writer;
  }
}
