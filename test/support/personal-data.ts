import type { SealingScheme } from '../../src/platform/personal-data/sealing-schemes.js';
import { PersonalData } from '../../src/platform/personal-data/personal-data.js';
import { readSealingKeys } from '../../src/platform/personal-data/sealing-key.js';

/** One for all tests: what a factory has sealed, the product under test opens. */
export const TEST_PERSONAL_DATA_KEYS = `test:${'5e'.repeat(32)}`;

export const testPersonalData = (
  keys = TEST_PERSONAL_DATA_KEYS,
  personalDataScheme: SealingScheme = 'aes-256-gcm',
): PersonalData => new PersonalData({ personalDataKeys: readSealingKeys(keys) ?? [], personalDataScheme });
