import type { MailMoment, MailVerdict } from '../../src/local/mail-recorder.js';
import type { RecordedSms, SmsVerdict } from '../../src/local/sms-recorder.js';
import type { Receivers } from './receivers.js';
import type { Seeded } from './seeded.js';

type Status = 'sent' | 'failed' | 'unknown';

interface MailFault {
  name: string;
  stage: 'recipient' | 'data' | null;
  verdict: MailVerdict;
  status: Status;
}

/** What a mail server may do to a message the first time, and how that message must end. */
const MAIL_FAULTS: readonly MailFault[] = [
  { name: 'taken', stage: null, verdict: 'accept', status: 'sent' },
  { name: '451 to RCPT', stage: 'recipient', verdict: { code: 451, text: 'try later' }, status: 'sent' },
  { name: '550 to RCPT', stage: 'recipient', verdict: { code: 550, text: 'no such user' }, status: 'failed' },
  { name: 'cut at RCPT', stage: 'recipient', verdict: 'cut', status: 'sent' },
  { name: 'hang at RCPT', stage: 'recipient', verdict: 'hang', status: 'sent' },
  { name: '452 after DATA', stage: 'data', verdict: { code: 452, text: 'full' }, status: 'sent' },
  { name: '554 after DATA', stage: 'data', verdict: { code: 554, text: 'refused' }, status: 'failed' },
  { name: 'cut before the final 250', stage: 'data', verdict: 'cut', status: 'unknown' },
  { name: 'hang after DATA', stage: 'data', verdict: 'hang', status: 'unknown' },
];

/** The same of an SMS gateway. */
const SMS_FAULTS: ReadonlyArray<{ name: string; verdict: SmsVerdict; status: Status }> = [
  { name: 'taken', verdict: 'accept', status: 'sent' },
  { name: '503', verdict: { status: 503 }, status: 'sent' },
  { name: 'taken, then 500', verdict: { status: 500, isTaken: true }, status: 'unknown' },
  { name: '429', verdict: { status: 429 }, status: 'sent' },
  { name: '400', verdict: { status: 400 }, status: 'failed' },
  { name: '504', verdict: { status: 504 }, status: 'unknown' },
  { name: 'unreadable', verdict: { status: 200, body: 'yes' }, status: 'unknown' },
  { name: 'cut', verdict: 'cut', status: 'unknown' },
  { name: 'hang', verdict: 'hang', status: 'unknown' },
];

/** The first connections to the mail server are refused for now, before anything of a message is said. */
const REFUSED_CONNECTIONS = 3;

/** Gives each address a fault, so that all of them occur, and makes the receivers act accordingly: once each. */
export class ChannelFaults {
  private readonly ofAddress = new Map<string, number>();
  private readonly done = new Set<string>();

  constructor(people: ReadonlyArray<{ email: string; mobile: string }>, random: Seeded) {
    for (const [place, { email }] of random.shuffled(people).entries()) this.ofAddress.set(email, place);
    for (const [place, { mobile }] of random.shuffled(people).entries()) this.ofAddress.set(mobile, place);
  }

  arrange(receivers: Receivers): void {
    let connections = 0;
    const mail = (moment: MailMoment): MailVerdict => {
      if (moment.stage === 'connect') {
        connections += 1;
        return connections <= REFUSED_CONNECTIONS ? { code: 421, text: 'busy' } : 'accept';
      }
      const address = moment.stage === 'recipient' ? moment.address : (moment.mail.to[0] ?? '');
      const fault = this.mailFault(address);
      return fault.stage === moment.stage && this.isFirst(address) ? fault.verdict : 'accept';
    };
    const sms = ({ to }: RecordedSms): SmsVerdict =>
      this.isFirst(to) ? this.smsFault(to).verdict : 'accept';
    receivers.misbehave(mail, sms);
  }

  /** What was done to an address, and how its message must end. */
  expected(address: string): { name: string; status: Status } {
    return address.includes('@') ? this.mailFault(address) : this.smsFault(address);
  }

  private isFirst(address: string): boolean {
    if (this.done.has(address)) return false;
    this.done.add(address);
    return true;
  }

  private mailFault(address: string): MailFault {
    return at(MAIL_FAULTS, this.ofAddress.get(address) ?? 0);
  }

  private smsFault(address: string): (typeof SMS_FAULTS)[number] {
    return at(SMS_FAULTS, this.ofAddress.get(address) ?? 0);
  }
}

function at<Item>(items: readonly Item[], place: number): Item {
  const item = items[place % items.length];
  if (item === undefined) throw new Error('no faults');
  return item;
}

/** Refuses everybody the first time, for now, and takes everything after. */
export class FirstTimeTrouble {
  private readonly known = new Set<string>();

  constructor(private readonly ofMail: MailVerdict = { code: 451, text: 'try later' }) {}

  readonly mail = (moment: MailMoment): MailVerdict =>
    moment.stage === 'recipient' && this.isFirst(moment.address) ? this.ofMail : 'accept';

  readonly sms = ({ to }: RecordedSms): SmsVerdict => (this.isFirst(to) ? { status: 429 } : 'accept');

  private isFirst(address: string): boolean {
    if (this.known.has(address)) return false;
    this.known.add(address);
    return true;
  }
}
