import { describe, expect, it, jest } from '@jest/globals';
import { sideBySide } from './side-by-side.js';

const opened = (): { promise: Promise<void>; open: () => void } => {
  let open = (): void => undefined;
  const promise = new Promise<void>((resolve) => (open = resolve));
  return { promise, open };
};

describe('work side by side', () => {
  it('is done once where all are quick', async () => {
    const work = jest.fn(async () => undefined);
    await sideBySide(['email', 'sms'], work);
    expect(work).toHaveBeenCalledTimes(2);
  });

  it('is looked for again while another is busy, and ends with it', async () => {
    const [slow, again] = [opened(), opened()];
    let looks = 0;
    const run = sideBySide(['quick', 'slow'], async (item) => {
      if (item === 'slow') return slow.promise;
      looks += 1;
      if (looks === 2) again.open();
    });
    await again.promise;
    slow.open();
    await run;
    expect(looks).toBe(2);
  });

  it('throws what one has thrown when all have ended', async () => {
    let ended = 0;
    const run = sideBySide(['a', 'b'], async (item) => {
      if (item === 'a') throw new Error('away');
      await new Promise(setImmediate);
      ended += 1;
    });
    await expect(run).rejects.toThrow('away');
    expect(ended).toBe(1);
  });

  it('is looked for again where it has thrown, and not only when the others have ended', async () => {
    const [slow, again] = [opened(), opened()];
    let looks = 0;
    const run = sideBySide(['broken', 'slow'], async (item) => {
      if (item === 'slow') return slow.promise;
      looks += 1;
      if (looks === 1) throw new Error('cut');
      again.open();
    });
    const outcome = expect(run).rejects.toThrow('cut');
    await again.promise;
    slow.open();
    await outcome;
    expect(looks).toBe(2);
  });
});
