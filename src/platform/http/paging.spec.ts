import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { AppConfig } from '../config/app-config.js';
import { Cursors } from './paging.js';

const cursors = new Cursors(Object.assign(new AppConfig(), { tokenSecret: 's'.repeat(32) }));

describe('a cursor', () => {
  it('opens to what was signed', () => {
    const position = fc.array(fc.oneof(fc.string(), fc.integer(), fc.constant(null)));
    fc.assert(
      fc.property(position, (values) =>
        expect(cursors.open('cases', cursors.sign('cases', values))).toEqual(values),
      ),
    );
  });

  it.each([
    ['of another list', cursors.sign('problems', ['a', 1])],
    [
      'with a changed byte',
      cursors.sign('cases', ['a', 1]).replace(/.$/, (last) => (last === 'A' ? 'B' : 'A')),
    ],
    [
      'of another secret',
      new Cursors(Object.assign(new AppConfig(), { tokenSecret: 'o'.repeat(32) })).sign('cases', ['a']),
    ],
    ['made up', 'eyJpZCI6MX0'],
    ['empty', ''],
    ['written otherwise', `${cursors.sign('cases', ['a', 1])}=`],
  ])('%s is refused', (_, cursor) => {
    expect(() => cursors.open('cases', cursor)).toThrow(
      expect.objectContaining({ status: 400, code: 'CURSOR_INVALID' }),
    );
  });

  it('goes on from the last item shown, and ends with the last page', () => {
    const page = (rows: number[]) =>
      cursors.page(
        'n',
        rows,
        2,
        (row) => row * 10,
        (row) => [row],
      );
    const first = page([1, 2, 3]);
    expect(first.items).toEqual([10, 20]);
    expect(cursors.open('n', first.nextCursor ?? '')).toEqual([2]);
    expect(page([3, 4])).toEqual({ items: [30, 40], nextCursor: null });
    expect(page([])).toEqual({ items: [], nextCursor: null });
  });
});
