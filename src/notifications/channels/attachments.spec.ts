import { describe, expect, it } from '@jest/globals';
import { Readable } from 'node:stream';
import { attachmentsOf } from './attachments.js';

const FILE = { name: 'a.csv', mediaType: 'text/csv', sha256: 'ab' };

describe('the files of a letter', () => {
  it('are read from the store', async () => {
    const files = { open: (sha256: string) => Promise.resolve(Readable.from([Buffer.from(sha256)])) };
    expect(await attachmentsOf(files, [FILE])).toEqual([
      { filename: 'a.csv', contentType: 'text/csv', content: Buffer.from('ab') },
    ]);
  });

  it.each([
    ['does not answer', () => Promise.reject(new Error('away'))],
    [
      'breaks off',
      () =>
        Promise.resolve(
          new Readable({
            read() {
              this.destroy(new Error('cut'));
            },
          }),
        ),
    ],
  ])('wait when the store %s', async (_how, open) => {
    const outcome = await attachmentsOf({ open }, [FILE]);
    expect(outcome).toEqual({ status: 'temporary', gatewayCode: 'FILE_STORE_AWAY', gatewayText: '' });
  });
});
