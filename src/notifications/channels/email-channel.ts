import addressparser from 'nodemailer/lib/addressparser';
import MailComposer from 'nodemailer/lib/mail-composer';
import type { DkimSettings } from '../../platform/config/app-config.js';
import type { FileStore } from '../../platform/files/file-store.js';
import type { ClaimedMessage, Letter, MessageWriter } from '../letter.js';
import { inOneLine } from '../outcome.js';
import { attachmentsOf } from './attachments.js';
import { MailSignature } from './mail-signature.js';
import type { Send, SendingChannel } from './sending-channel.js';
import { SmtpConnections } from './smtp-connections.js';

export interface MailSettings {
  /** Authorities of the mail server's certificate, in PEM; `null`: those that Node knows. */
  ca?: string | null;
  /** `null`: mails are not signed. */
  dkim?: DkimSettings | null;
  /** Where files that go along are read; `null`: no letter has any. */
  files?: Pick<FileStore, 'open'> | null;
}

/** E-mail by SMTP. The Message-ID is the message's own id, so that a mail server can tell a repeat. */
export class EmailChannel implements SendingChannel {
  readonly channel = 'email';
  readonly atOnce = 20;
  private readonly connections: SmtpConnections | null;
  private readonly from: { name: string; address: string };
  private readonly signature: MailSignature | null;
  private readonly files: Pick<FileStore, 'open'> | null;

  /** @param url `null`: no e-mail leaves */
  constructor(url: string | null, from: string, { ca = null, dkim = null, files = null }: MailSettings = {}) {
    this.connections = url === null ? null : new SmtpConnections(url, ca);
    this.files = files;
    this.signature = dkim === null ? null : new MailSignature(dkim);
    const [sender] = addressparser(from, { flatten: true });
    if (sender?.address === undefined || sender.address === '')
      throw new Error(`MAIL_FROM is no address: ${from}`);
    this.from = { name: sender.name, address: sender.address };
  }

  get isOff(): boolean {
    return this.connections === null;
  }

  async prepare(messages: readonly ClaimedMessage[], writer: MessageWriter): Promise<Map<string, Send>> {
    const { connections } = this;
    if (connections === null) return new Map();
    const letters = await writer.letters(messages);
    return new Map(
      messages.flatMap((message): Array<[string, Send]> => {
        const letter = letters.get(message.id);
        if (letter === undefined) return [];
        return [[message.id, async (signal) => this.send(connections, message, letter, signal)]];
      }),
    );
  }

  close(): void {
    this.connections?.close();
  }

  private async send(
    connections: SmtpConnections,
    message: ClaimedMessage,
    letter: Letter,
    signal: AbortSignal,
  ): ReturnType<Send> {
    const attachments = await attachmentsOf(this.files, letter.attached ?? []);
    if ('status' in attachments) return attachments;
    const domain = this.from.address.slice(this.from.address.lastIndexOf('@') + 1);
    const mail = new MailComposer({
      from: this.from,
      // One line each: a line break in a name or title would begin a header of its own.
      to: { name: inOneLine(message.recipientName), address: message.address },
      subject: inOneLine(letter.subject),
      text: letter.text,
      html: letter.html,
      attachments,
      messageId: `<${message.id}@${domain}>`,
      headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
      disableFileAccess: true,
      disableUrlAccess: true,
    });
    const built = await mail.compile().build();
    const content = this.signature === null ? built : await this.signature.sign(built);
    return connections.send(this.from.address, message.address, content, signal);
  }
}
