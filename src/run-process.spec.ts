import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Refusal } from './platform/errors/refusal.js';
import { runProcess } from './run-process.js';

describe('what stops a process', () => {
  const { LOCALE } = process.env;
  const exit = jest.spyOn(process, 'exit');
  const stderr = jest.spyOn(process.stderr, 'write');

  beforeEach(() => {
    exit.mockImplementation((() => undefined) as () => never);
    stderr.mockReturnValue(true);
  });
  afterEach(() => {
    jest.resetAllMocks();
    if (LOCALE === undefined) delete process.env['LOCALE'];
    else process.env['LOCALE'] = LOCALE;
  });

  const toldBy = async (locale: string | undefined): Promise<string> => {
    if (locale === undefined) delete process.env['LOCALE'];
    else process.env['LOCALE'] = locale;
    await new Promise<void>((resolve) => {
      exit.mockImplementation((() => resolve()) as () => never);
      runProcess(() => Promise.reject(new Refusal(400, 'FILE_EMPTY')));
    });
    return stderr.mock.calls.map(([text]) => String(text)).join('');
  };

  it.each([
    ['en', 'FILE_EMPTY: The file is empty.\n'],
    ['zh-CN', 'FILE_EMPTY: 文件是空的。\n'],
    [undefined, 'FILE_EMPTY: 文件是空的。\n'],
    ['', 'FILE_EMPTY: 文件是空的。\n'],
    ['fr', 'FILE_EMPTY: 文件是空的。\n'],
  ])('is told in the language of LOCALE=%s', async (locale, told) => {
    expect(await toldBy(locale)).toBe(told);
    expect(exit).toHaveBeenCalledWith(1);
  });
});
