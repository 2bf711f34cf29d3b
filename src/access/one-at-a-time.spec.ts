import { EventEmitter, once } from 'node:events';
import { describe, expect, it } from '@jest/globals';
import { OneAtATime } from './one-at-a-time.js';

describe('one at a time', () => {
  it('runs the work of one key in turn, and of others beside it', async () => {
    const queue = new OneAtATime();
    const seen: string[] = [];
    const gate = new EventEmitter();
    const opened = once(gate, 'open');
    const first = queue.run('a', async () => {
      await opened;
      seen.push('a1');
    });
    const second = queue.run('a', async () => void seen.push('a2'));
    await queue.run('b', async () => void seen.push('b'));
    gate.emit('open');
    await Promise.all([first, second]);
    expect(seen).toEqual(['b', 'a1', 'a2']);
  });

  it('goes on after a failure', async () => {
    const queue = new OneAtATime();
    const failed = queue.run('a', () => Promise.reject(new Error('wrong')));
    const next = queue.run('a', async () => 'right');
    await expect(failed).rejects.toThrow('wrong');
    expect(await next).toBe('right');
  });

  it('refuses when too many wait, and takes more once they are done', async () => {
    const queue = new OneAtATime();
    const waiting = Array.from({ length: 20 }, () => queue.run('a', async () => undefined));
    await expect(queue.run('a', async () => undefined)).rejects.toMatchObject({
      status: 503,
      code: 'TOO_BUSY',
    });
    await Promise.all(waiting);
    expect(await queue.run('a', async () => 'in')).toBe('in');
  });
});
