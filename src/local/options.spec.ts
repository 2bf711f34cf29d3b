import { describe, expect, it } from '@jest/globals';
import { readOptions, USAGE } from './options.js';

const read = (...args: string[]) => readOptions(args, '/checkout', '/elsewhere');

describe('options of npm start', () => {
  it('default to a full start in the checkout', () => {
    expect(read()).toEqual({ isFresh: false, isEmpty: false, isExit: false, dataFolder: '/checkout/.local' });
  });

  it('take a data folder from where the user stands', () => {
    expect(read('--data', 'here', '--fresh', '--empty', '--exit')).toEqual({
      isFresh: true,
      isEmpty: true,
      isExit: true,
      dataFolder: '/elsewhere/here',
    });
    expect(read('--data=/abs')).toMatchObject({ dataFolder: '/abs' });
  });

  it('tell the usage when asked', () => {
    expect(read('--help', '--fresh')).toEqual({ help: USAGE });
  });

  it.each([['--data'], ['--data='], ['--nonsense'], ['word'], ['--fresh=yes']])('refuse %s', (argument) => {
    expect(read(argument)).toEqual({ refusal: expect.stringContaining(USAGE) });
  });
});
