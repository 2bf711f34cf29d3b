import { isMobile } from '../organization/phone.js';
import type { PersonalData } from '../platform/personal-data/personal-data.js';
import type { SealedColumn } from '../platform/personal-data/sealed-column.js';
import type { Enterprise } from './enterprise.entity.js';

/** The number of an enterprise's contact: digits only, a mobile or a landline. */
export const ENTERPRISE_PHONE: SealedColumn = {
  table: 'enterprises',
  sealed: 'contact_phone_sealed',
  searchKey: 'contact_phone_search_key',
  check: 'enterprises_contact_phone_sealed_check',
  told: { column: 'contact_is_mobile', of: isMobile },
};

/** All that is stored of a number. */
export function phoneColumns(
  personalData: PersonalData,
  enterpriseId: string,
  phone: string | null,
): Pick<Enterprise, 'contactPhoneSealed' | 'contactPhoneSearchKey' | 'contactIsMobile'> {
  const [contactPhoneSealed, contactPhoneSearchKey] = personalData.columns(
    phone,
    ENTERPRISE_PHONE,
    enterpriseId,
  );
  const contactIsMobile = phone === null ? null : isMobile(phone);
  return { contactPhoneSealed, contactPhoneSearchKey, contactIsMobile };
}
