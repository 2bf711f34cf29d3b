import { MailRecorder, type MailMoment, type MailVerdict } from '../../src/local/mail-recorder.js';
import { SmsRecorder, type RecordedSms, type SmsVerdict } from '../../src/local/sms-recorder.js';

export const SMS_TOKEN = 'only-for-tests';
/** All of them: what has arrived is counted at the end. */
const KEPT = 1_000_000;

/** The mail server and the SMS gateway of one worker, so that what it is doing can be told from what others do. */
export class Receivers {
  private constructor(
    readonly mail: MailRecorder,
    readonly sms: SmsRecorder,
  ) {}

  static async start(): Promise<Receivers> {
    return new Receivers(
      await MailRecorder.start({ limit: KEPT }),
      await SmsRecorder.start({ token: SMS_TOKEN, limit: KEPT }),
    );
  }

  get environment(): Record<string, string> {
    return {
      SMTP_URL: this.mail.url,
      MAIL_FROM: '稳增长专班 <shukun@ankang.example>',
      SMS_GATEWAY_URL: this.sms.url,
      SMS_GATEWAY_TOKEN: SMS_TOKEN,
    };
  }

  /** How many messages have arrived. */
  get arrived(): number {
    return this.mail.mails.length + this.sms.messages.length;
  }

  /** Ids of all that arrived, as often as each did. */
  messageIds(): string[] {
    const ofMails = this.mail.mails.map(({ messageId }) => messageId.split('@')[0] ?? '');
    return [...ofMails, ...this.sms.messages.map(({ outId }) => outId)];
  }

  /** Every word that has left. */
  texts(): string[] {
    return [...this.mail.mails.map(({ html }) => html), ...this.sms.messages.map(({ text }) => text)];
  }

  misbehave(mail: (moment: MailMoment) => MailVerdict, sms: (message: RecordedSms) => SmsVerdict): void {
    this.mail.decide = mail;
    this.sms.decide = sms;
  }

  async close(): Promise<void> {
    await Promise.all([this.mail.close(), this.sms.close()]);
  }
}
