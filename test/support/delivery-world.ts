import { MailRecorder } from '../../src/local/mail-recorder.js';
import { SmsRecorder } from '../../src/local/sms-recorder.js';
import { DailyCap } from '../../src/notifications/cap/daily-cap.js';
import type { Channel } from '../../src/notifications/channel.js';
import { Channels } from '../../src/notifications/channels/channels.js';
import { EmailChannel } from '../../src/notifications/channels/email-channel.js';
import { SmsChannel } from '../../src/notifications/channels/sms-channel.js';
import { HttpSmsGateway } from '../../src/notifications/channels/sms-http-gateway.js';
import { Deliver } from '../../src/notifications/deliver.js';
import { type MessageWriter, Writers } from '../../src/notifications/letter.js';
import { Messages } from '../../src/notifications/messages.repository.js';
import { Settlements } from '../../src/notifications/settlements.js';
import { AppConfig } from '../../src/platform/config/app-config.js';
import type { FileStore } from '../../src/platform/files/file-store.js';
import { AcknowledgeLinks } from '../../src/reminders/acknowledgements/acknowledge-links.js';
import { ReminderWriter } from '../../src/reminders/reminder-writer.js';
import type { ReminderWorld } from './reminder-world.js';
import { testPersonalData } from './personal-data.js';

const TOKEN = 'only-for-tests';

export const testConfig = (values: Partial<AppConfig>): AppConfig =>
  Object.assign(new AppConfig(), {
    publicUrl: 'http://shukun.example',
    locale: 'zh-CN',
    smsSignature: '安康市工信局',
    smsDailyCap: 0,
    tokenSecret: 'for tests alone, and of no account anywhere',
    ...values,
  });

/** Sending, as it runs in a worker, to recording servers. */
export class DeliveryWorld {
  private readonly channels: Channels[] = [];

  private constructor(
    private readonly world: ReminderWorld,
    readonly mail: MailRecorder,
    readonly sms: SmsRecorder,
    private readonly config: AppConfig,
    private readonly files: FileStore | null,
  ) {}

  static async start(
    world: ReminderWorld,
    config: Partial<AppConfig> = {},
    files: FileStore | null = null,
  ): Promise<DeliveryWorld> {
    const [mail, sms] = [await MailRecorder.start(), await SmsRecorder.start({ token: TOKEN })];
    return new DeliveryWorld(world, mail, sms, testConfig(config), files);
  }

  /** A worker of its own: its own connections, leases and outcomes. */
  worker(
    mailUrl: string | null = this.mail.url,
    smsUrl: string | null = this.sms.url,
    writer: MessageWriter | null = null,
    gates: { perSecond?: Partial<Record<Channel, number>>; monotonic?: () => number } = {},
  ): { deliver: Deliver; messages: Messages; cap: DailyCap } {
    const { clock, calendars, office, reader } = this.world;
    const cap = new DailyCap(this.config, calendars, office, clock, reader);
    const messages = new Messages(reader, clock, testPersonalData(), cap);
    const writers = new Writers();
    if (writer === null)
      new ReminderWriter(
        writers,
        reader,
        calendars,
        office,
        clock,
        this.config,
        new AcknowledgeLinks(this.config),
      ).onModuleInit();
    else writers.use(writer);
    const channels = new Channels(
      [
        new EmailChannel(mailUrl, '稳增长专班 <shukun@ankang.example>', { files: this.files }),
        new SmsChannel(smsUrl === null ? null : new HttpSmsGateway(smsUrl, TOKEN)),
      ],
      gates.perSecond,
      gates.monotonic,
    );
    this.channels.push(channels);
    const settlements = new Settlements(messages, calendars, office, clock);
    return {
      cap,
      messages,
      deliver: new Deliver(messages, settlements, channels, writers, calendars, office, clock),
    };
  }

  clear(): void {
    this.mail.clear();
    this.sms.clear();
    this.mail.decide = () => 'accept';
    this.sms.decide = () => 'accept';
  }

  async close(): Promise<void> {
    for (const channels of this.channels) channels.onModuleDestroy();
    await Promise.all([this.mail.close(), this.sms.close()]);
  }
}
