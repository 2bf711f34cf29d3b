import type { Letter } from '../notifications/letter.js';
import { longestText, MOST_CHARACTERS } from '../notifications/templates/short-messages.js';
import { SMS_LOCALES, type SmsLocale, smsTemplates } from '../notifications/templates/sms-templates.js';
import { CHINESE, ENGLISH } from './letter-texts.js';
import { letterWording } from './letter-wording.js';
import type { CountedFacts, Digest, Matter } from './reminder-facts.js';

/** Where the page lies, from the root of the repository; the pictures of the letters lie beside it. */
export const MESSAGES_FILE = 'docs/messages.md';
export const letterPicture = (locale: SmsLocale): string => `letter-${locale}.png`;

const SIGNATURE = '安康市工信局';
const LANGUAGES: Record<SmsLocale, string> = { 'zh-CN': 'Chinese', en: 'English' };

const reminder = (values: Partial<CountedFacts>): CountedFacts => ({
  rung: 'overdue',
  clock: 'handle',
  deadlineAt: new Date('2021-11-05T10:00:00Z'),
  number: 'AK-2021-000123',
  ownerName: '安康秦巴硒谷食品有限公司',
  dueOn: '2021-11-05',
  isOverdue: false,
  daysOverdue: 0,
  daysLeft: 0,
  ...values,
});

const FIRST: [Matter, ...Matter[]] = [
  reminder({ isOverdue: true, daysOverdue: 3 }),
  reminder({
    rung: 'due_today',
    number: 'AK-2021-000131',
    ownerName: '旬阳市汉江新材料有限公司',
    dueOn: '2021-11-10',
  }),
  reminder({
    rung: 'due_soon',
    number: 'AK-2021-000140-02',
    ownerName: '石泉县丝路缫丝有限公司',
    dueOn: '2021-11-15',
    daysLeft: 3,
  }),
  {
    kind: 'assigned',
    number: 'AK-2021-000152',
    ownerName: '平利县女娲茶业有限公司',
    dueOn: '2021-12-01',
    facts: { acknowledgeOn: '2021-11-11' },
  },
];
const DIGEST: Digest = { count: FIRST.length, overdue: 1, earliestOn: '2021-11-05', first: FIRST };

/** The letter of which the page shows a picture: a digest of reminders and a notice. */
export const exampleLetter = (locale: SmsLocale): Letter =>
  letterWording(
    DIGEST,
    '王建国',
    'https://shukun.example.gov.cn',
    locale === 'en' ? ENGLISH : CHINESE,
    'https://shukun.example.gov.cn/r/example',
  );

const HEAD = `# What recipients read

Made by \`npm run -s docs:messages\` from the texts that are sent; a test fails where the two differ.

## E-mails

What one person gets over one channel in one run is one message: here a reminder of each kind and an assignment. The first link is the recipient's own and expires (“seen, will be done by …”); no pictures, nothing from elsewhere, and a text version beside it.
`;

/** The page: pictures of letters, and every SMS with the most characters that it can have. */
export function messagesPage(): string {
  const letters = SMS_LOCALES.map(
    (locale) => `![A digest in ${LANGUAGES[locale]}](${letterPicture(locale)})\n`,
  );
  return [HEAD, ...letters, ...SMS_LOCALES.map(smsSection)].join('\n');
}

function smsSection(locale: SmsLocale): string {
  const set = smsTemplates(locale);
  const rows = set.templates.map(({ code, name, text }) => {
    const { length } = longestText(text, SIGNATURE, set);
    return `| \`${code}\` | ${name} | 【${SIGNATURE}】${text} | ${length} |`;
  });
  return `## SMS in ${LANGUAGES[locale]}

\`src/notifications/templates/sms/${locale}.json\`. The last column is the most characters that it can have with the signature 【${SIGNATURE}】, every variable as long as it may be; ${MOST_CHARACTERS} are allowed, which is checked at each start with the signature that is configured.

| code | of | text | at most |
|---|---|---|---|
${rows.join('\n')}
`;
}
