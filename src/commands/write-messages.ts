import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { SMS_LOCALES } from '../notifications/templates/sms-templates.js';
import { exampleLetter, letterPicture, MESSAGES_FILE, messagesPage } from '../reminders/messages-page.js';

/** Nothing of a browser's own is looked for in the network. */
const BROWSER = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--hide-scrollbars',
  '--force-device-scale-factor=1.5',
  '--window-size=780,600',
];

/**
 * `npm run -s docs:messages`: writes what recipients read as a page of the documentation, with pictures of letters as
 * a browser shows them where there is a `chromium`. Answers the exit code.
 */
export function run({ root }: { root: string }): Promise<number> {
  writeFileSync(path.join(root, MESSAGES_FILE), messagesPage());
  process.stdout.write(`${MESSAGES_FILE}\n`);
  const folder = mkdtempSync(path.join(os.tmpdir(), 'shukun-letters-'));
  try {
    for (const locale of SMS_LOCALES) {
      const letter = path.join(folder, `${locale}.html`);
      const picture = path.join(path.dirname(MESSAGES_FILE), letterPicture(locale));
      writeFileSync(letter, exampleLetter(locale).html);
      const profile = `--user-data-dir=${path.join(folder, locale)}`;
      const { error, status } = spawnSync(
        'chromium',
        [...BROWSER, profile, `--screenshot=${path.join(root, picture)}`, `file://${letter}`],
        { stdio: 'ignore', timeout: 60_000 },
      );
      const made = error === undefined && status === 0;
      process.stdout.write(made ? `${picture}\n` : `${picture}: left as it is, no chromium could be run\n`);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return Promise.resolve(0);
}
