import type { Bench } from '../bench.js';
import { startRecorders } from '../../src/local/recorders.js';
import type { DeliverOptions, DeliverTimes } from '../processes/deliver.js';
import { figureOf, type Line } from '../report/figures.js';
import { runScript } from '../surroundings/product.js';

const SMS_TOKEN = 'bench-sms-token';

/** One worker sends what one sweep has recorded, to recording SMTP and SMS servers in this process. */
export async function deliveryLines(bench: Bench, database: string): Promise<Line[]> {
  const { data, options, servers } = bench;
  const recorders = await startRecorders({
    folder: data.recorded,
    recordsMail: true,
    recordsSms: true,
    smsToken: SMS_TOKEN,
    pagePort: 0,
  });
  try {
    const asked: DeliverOptions = { ownerUrl: servers.ownerUrl(database), due: options.due };
    const { milliseconds, ended, messages } = await runScript<DeliverTimes>(
      bench,
      'deliver',
      'bench/processes/deliver.js',
      [JSON.stringify(asked)],
      database,
      {
        SMTP_URL: recorders.mail?.url,
        SMS_GATEWAY_URL: recorders.sms?.url,
        SMS_GATEWAY_TOKEN: SMS_TOKEN,
      },
    );
    const sent = ended['sent'] ?? 0;
    const product = figureOf([(messages / milliseconds) * 1000]);
    const states = Object.entries(ended).map(([state, count]) => `${count} ${state}`);
    return [
      {
        what: 'messages sent and recorded, one worker',
        unit: 'messages/s',
        product,
        target: '≥ 500 deliveries a second',
        isMet: (sent / milliseconds) * 1000 >= 500,
        note: `${messages} messages carry the deliveries (${states.join(', ')}), since two or more for one person become one: ${Math.round((sent / milliseconds) * 1000)} deliveries/s`,
      },
    ];
  } finally {
    await recorders.close();
  }
}
