import { describe, expect, it } from '@jest/globals';
import { DEFAULT_PARAMETERS } from '../rules/parameters.js';
import { askedParameters } from './asked-parameters.js';

const codes = (asked: Record<string, unknown>): string[] =>
  askedParameters(DEFAULT_PARAMETERS, asked).faults.map(({ name, code }) => `${name} ${code}`);

describe('askedParameters', () => {
  it('leaves in force what is not asked about', () => {
    expect(askedParameters(DEFAULT_PARAMETERS, { stalledMonths: 2 })).toEqual({
      parameters: { ...DEFAULT_PARAMETERS, stalledMonths: 2 },
      faults: [],
    });
  });

  it.each([
    [{ stalledMonth: 2 }, ['stalledMonth PARAMETER_UNKNOWN']],
    [JSON.parse('{"__proto__": {"stalledMonths": 2}}'), ['__proto__ PARAMETER_UNKNOWN']],
    [{ constructor: 1 }, ['constructor PARAMETER_UNKNOWN']],
    [
      { stalledMonths: '2', closureMilestone: 1 },
      ['stalledMonths PARAMETER_NOT_OF_ITS_KIND', 'closureMilestone PARAMETER_NOT_OF_ITS_KIND'],
    ],
    [{ stalledMonths: Number.NaN }, ['stalledMonths PARAMETER_NOT_OF_ITS_KIND']],
    [{ stalledMonths: null }, ['stalledMonths PARAMETER_NOT_OF_ITS_KIND']],
    [
      { stalledMonths: 1.5, closureMilestone: 'open' },
      ['stalledMonths PARAMETER_OUT_OF_BOUNDS', 'closureMilestone PARAMETER_OUT_OF_BOUNDS'],
    ],
    [{ semiStalledOutputAtMost: 0.9 }, ['semiStalledOutputAtMost PARAMETERS_CONTRADICT']],
  ])('names each fault of %j', (asked, expected) => {
    expect(codes(asked)).toEqual(expected);
  });
});
