import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { Circuit, FAILURES_TO_OPEN, PROBE_AFTER_MS } from './circuit.js';

/** One after the other, at one moment. */
const fail = (circuit: Circuit, times: number, at = 0): unknown[] =>
  Array.from({ length: times }, () => {
    circuit.begin();
    return circuit.end(true, at);
  });

describe('a circuit', () => {
  it('opens after five failures on end, and says so once', () => {
    const circuit = new Circuit();
    expect(fail(circuit, FAILURES_TO_OPEN - 1)).toEqual([null, null, null, null]);
    expect(circuit.room(20, 0)).toBe(20);
    expect(fail(circuit, 1)).toEqual(['opened']);
    expect(circuit.room(20, 0)).toBe(0);
    expect(fail(circuit, 3)).toEqual([null, null, null]);
  });

  it('begins to count anew when the server has answered', () => {
    const circuit = new Circuit();
    fail(circuit, FAILURES_TO_OPEN - 1);
    circuit.begin();
    expect(circuit.end(false, 0)).toBeNull();
    expect(fail(circuit, FAILURES_TO_OPEN - 1)).not.toContain('opened');
  });

  it('lets one message through after a while, and then waits for what becomes of it', () => {
    const circuit = new Circuit();
    fail(circuit, FAILURES_TO_OPEN);
    expect(circuit.room(20, PROBE_AFTER_MS - 1)).toBe(0);
    expect(circuit.room(20, PROBE_AFTER_MS)).toBe(1);
    expect(circuit.room(0, PROBE_AFTER_MS)).toBe(0);
    circuit.begin();
    expect(circuit.room(20, PROBE_AFTER_MS)).toBe(0);
    expect(circuit.end(true, PROBE_AFTER_MS)).toBeNull();
    expect(circuit.room(20, PROBE_AFTER_MS)).toBe(0);
    expect(circuit.room(20, 2 * PROBE_AFTER_MS)).toBe(1);
  });

  it('closes with the first answer, and all may go', () => {
    const circuit = new Circuit();
    fail(circuit, FAILURES_TO_OPEN);
    circuit.begin();
    expect(circuit.end(false, PROBE_AFTER_MS)).toBe('closed');
    expect(circuit.room(20, PROBE_AFTER_MS)).toBe(20);
    expect(fail(circuit, FAILURES_TO_OPEN - 1)).not.toContain('opened');
  });

  it('learns nothing from an attempt that says nothing, and tries again', () => {
    const circuit = new Circuit();
    fail(circuit, FAILURES_TO_OPEN);
    circuit.begin();
    expect(circuit.end(null, PROBE_AFTER_MS)).toBeNull();
    expect(circuit.isOpen).toBe(true);
    expect(circuit.room(20, PROBE_AFTER_MS)).toBe(1);
  });

  it('never stays closed to a server that is back, nor open to one that is away', () => {
    const steps = fc.array(fc.tuple(fc.constantFrom(true, false, null), fc.nat(3 * PROBE_AFTER_MS)));
    fc.assert(
      fc.property(steps, (made) => {
        const circuit = new Circuit();
        let at = 0;
        let onEnd = 0;
        for (const [isAway, later] of made) {
          at += later;
          if (circuit.room(1, at) === 0) continue;
          circuit.begin();
          circuit.end(isAway, at);
          if (isAway !== null) onEnd = isAway ? onEnd + 1 : 0;
          expect(circuit.isOpen).toBe(onEnd >= FAILURES_TO_OPEN);
        }
        expect(circuit.room(1, at + PROBE_AFTER_MS)).toBe(1);
      }),
    );
  });
});
