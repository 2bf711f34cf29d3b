import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { SMS_LOCALES } from '../notifications/templates/sms-templates.js';
import { exampleLetter, letterPicture, MESSAGES_FILE, messagesPage } from './messages-page.js';

const page = path.resolve(import.meta.dirname, '../..', MESSAGES_FILE);

describe('the page of what recipients read', () => {
  it('is what the product sends', () => {
    expect(readFileSync(page, 'utf8')).toBe(messagesPage());
  });

  it('shows a letter in each language, with a way to answer it and nothing from elsewhere', () => {
    for (const locale of SMS_LOCALES) {
      const { html } = exampleLetter(locale);
      expect(html).toContain(`lang="${locale}"`);
      expect(html).toContain('href="https://shukun.example.gov.cn/r/example"');
      expect(html).not.toMatch(/<(img|script|link|style)|src=|url\(/);
      const picture = readFileSync(path.join(path.dirname(page), letterPicture(locale)));
      expect(picture.subarray(1, 4).toString()).toBe('PNG');
    }
  });
});
