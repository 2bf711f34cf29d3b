import { describe, expect, it } from '@jest/globals';
import { RateLimit } from './rate-limit.js';

const at = (seconds: number): Date => new Date(Date.UTC(2026, 0, 5) + seconds * 1_000);
const times = (count: number, limit: RateLimit, key: string, now = at(0)): number[] =>
  Array.from({ length: count }, () => limit.take(key, now));

describe('RateLimit', () => {
  it('lets so many through for each key, and no more', () => {
    const limit = new RateLimit('account', 3);
    expect(times(5, limit, 'a')).toEqual([2, 1, 0, -1, -1]);
    expect(times(1, limit, 'b')).toEqual([2]);
    expect(limit.policy).toBe('"account";q=3;w=60');
  });

  it('begins anew with each window, which ends for all at once', () => {
    const limit = new RateLimit('account', 1);
    expect([limit.secondsLeft(at(0)), limit.secondsLeft(at(18.5)), limit.secondsLeft(at(59.999))]).toEqual([
      60, 42, 1,
    ]);
    expect([times(2, limit, 'a', at(59)), times(2, limit, 'a', at(60))]).toEqual([
      [0, -1],
      [0, -1],
    ]);
  });

  it('tells what was taken once, and not what was refused', () => {
    const limit = new RateLimit('account', 2);
    times(4, limit, 'a');
    times(1, limit, 'b');
    expect(limit.tell(10).map(({ taken, count }) => [taken.key, count])).toEqual([
      ['a', 2],
      ['b', 1],
    ]);
    expect([limit.hasUntold, limit.tell(10)]).toEqual([false, []]);
  });

  it('tells so many at once, and the others next time', () => {
    const limit = new RateLimit('account', 2);
    for (const key of ['a', 'b', 'c']) limit.take(key, at(0));
    expect([limit.tell(2).length, limit.hasUntold, limit.tell(2).length]).toEqual([2, true, 1]);
  });

  it('counts what others have taken, and what is taken while they are asked', () => {
    const limit = new RateLimit('account', 10);
    times(2, limit, 'a');
    const told = limit.tell(10);
    times(1, limit, 'a');
    for (const one of told) limit.hear(one, 7);
    expect(times(3, limit, 'a')).toEqual([1, 0, -1]);
  });

  it('hears nothing of a window that is over', () => {
    const limit = new RateLimit('account', 10);
    times(2, limit, 'a');
    const told = limit.tell(10);
    times(1, limit, 'a', at(60));
    for (const one of told) limit.hear(one, 10);
    expect(times(1, limit, 'a', at(60))).toEqual([8]);
    expect(limit.tell(10).map(({ count }) => count)).toEqual([2]);
  });

  it('tells what was given back, before it was told and after', () => {
    const limit = new RateLimit('sign-in', 3);
    times(3, limit, 'a');
    limit.giveBack('a', at(0));
    expect(limit.tell(10).map(({ count }) => count)).toEqual([2]);
    limit.giveBack('a', at(1));
    const told = limit.tell(10);
    expect(told.map(({ count }) => count)).toEqual([-1]);
    for (const one of told) limit.hear(one, 1);
    expect(times(3, limit, 'a')).toEqual([1, 0, -1]);
  });

  it('gives back to the window from which it was taken, and nothing that was not', () => {
    const limit = new RateLimit('sign-in', 2);
    limit.take('a', at(59));
    limit.take('a', at(60));
    limit.giveBack('a', at(59));
    limit.giveBack('b', at(60));
    expect([times(2, limit, 'a', at(60)), times(1, limit, 'b', at(60))]).toEqual([[0, -1], [1]]);
  });

  it('remembers a bounded number of keys', () => {
    const limit = new RateLimit('address', 1);
    for (let key = 0; key < 60_000; key += 1) limit.take(String(key), at(0));
    expect(limit.tell(100_000).length).toBe(50_000);
    expect([limit.take('59999', at(0)), limit.take('0', at(0))]).toEqual([-1, 0]);
  });
});
