import { describe, expect, it } from '@jest/globals';
import { countEvidence, isRecoveryShown } from './recovery-evidence.js';

describe('isRecoveryShown', () => {
  it.each([
    ['nothing', [], false],
    ['one kind, though independent', [{ kind: 'electricity_bill', source: 'grid' }], false],
    [
      'one kind twice',
      [
        { kind: 'electricity_bill', source: 'grid' },
        { kind: 'electricity_bill', source: 'grid' },
      ],
      false,
    ],
    [
      'two kinds, all from the enterprise',
      [
        { kind: 'photo', source: 'enterprise' },
        { kind: 'output_report', source: 'enterprise' },
      ],
      false,
    ],
    [
      'two kinds, none independent',
      [
        { kind: 'photo', source: 'enterprise' },
        { kind: 'letter', source: 'other' },
      ],
      false,
    ],
    ...['grid', 'tax', 'site_check'].map(
      (source) =>
        [
          `two kinds, one from ${source}`,
          [
            { kind: 'photo', source: 'enterprise' },
            { kind: 'proof', source },
          ],
          true,
        ] as const,
    ),
  ] as const)('%s', (_what, evidence, expected) => {
    expect(isRecoveryShown(countEvidence(evidence))).toBe(expected);
  });
});
