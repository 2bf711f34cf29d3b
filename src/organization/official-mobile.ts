import type { PersonalData } from '../platform/personal-data/personal-data.js';
import type { SealedColumn } from '../platform/personal-data/sealed-column.js';
import type { Official } from './official.entity.js';
import { isMobile } from './phone.js';

/** The number of an official: digits only, an 11-digit mobile or an area code with 7 or 8 digits. */
export const OFFICIAL_MOBILE: SealedColumn = {
  table: 'officials',
  sealed: 'mobile_sealed',
  searchKey: 'mobile_search_key',
  check: 'officials_mobile_sealed_check',
  told: { column: 'is_mobile', of: isMobile },
};

/** All that is stored of a number. */
export function mobileColumns(
  personalData: PersonalData,
  officialId: string,
  mobile: string | null,
): Pick<Official, 'mobileSealed' | 'mobileSearchKey' | 'isMobile'> {
  const [mobileSealed, mobileSearchKey] = personalData.columns(mobile, OFFICIAL_MOBILE, officialId);
  return { mobileSealed, mobileSearchKey, isMobile: mobile !== null && isMobile(mobile) };
}
