import { describe, expect, it } from '@jest/globals';
import { knownText, localeOf, textOf, titleOf } from './message-text.js';
import { messages as english, statusTitles as englishTitles } from './messages.en.js';
import { messages as chinese, statusTitles as chineseTitles } from './messages.zh-CN.js';

const holes = (text: string | undefined): string[] => (text?.match(/\{\w+\}/g) ?? []).toSorted();

describe('the message files', () => {
  it('have the same codes and titles', () => {
    expect(Object.keys(english).toSorted()).toEqual(Object.keys(chinese).toSorted());
    expect(Object.keys(englishTitles)).toEqual(Object.keys(chineseTitles));
  });

  it.each(Object.keys(english))('name the same parameters in %s', (code) => {
    expect(holes(english[code])).toEqual(holes(chinese[code]));
  });

  it('have text and no empty one', () => {
    for (const text of [...Object.values(english), ...Object.values(chinese)])
      expect(text.trim()).not.toBe('');
  });
});

describe('a text', () => {
  it('has its parameters filled in', () => {
    expect(textOf('VERSION_STALE', { version: 7 }, 'en')).toContain('version 7');
    expect(textOf('VERSION_STALE', {}, 'en')).toContain('{version}');
    expect(textOf('USERNAME_TAKEN', { username: ['a', 'b'] }, 'zh-CN')).toContain('a、b');
  });

  it('of an unknown code is the code, and known as unknown', () => {
    expect(textOf('NEVER_HEARD_OF', {}, 'zh-CN')).toBe('NEVER_HEARD_OF');
    expect(knownText('constructor', {}, 'en')).toBeUndefined();
    expect(titleOf(418, 'en')).toBe('418');
  });
});

describe('the language', () => {
  it.each([
    [undefined, 'zh-CN'],
    ['', 'zh-CN'],
    ['fr', 'zh-CN'],
    ['en', 'en'],
    ['en-GB', 'en'],
    ['zh-TW,en', 'zh-CN'],
    ['zh;q=0.5, en;q=0.9', 'en'],
    ['en;q=0', 'zh-CN'],
    ['en;q=nonsense', 'zh-CN'],
    ['*', 'zh-CN'],
  ])('of %j is %s', (header, locale) => expect(localeOf(header)).toBe(locale));
});
