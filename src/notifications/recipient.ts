import { ENTERPRISE_PHONE } from '../enterprises/enterprise-phone.js';
import { OFFICIAL_MOBILE } from '../organization/official-mobile.js';
import type { SealedColumn } from '../platform/personal-data/sealed-column.js';

/**
 * To whom row `of` of deliveries or messages goes, as a LATERAL part of a FROM list: `id`, `name`, `email`,
 * `phone_sealed` (whatever its number is), `mobile_sealed` (one that takes SMS), `number_key`, `is_active` and
 * `is_contact`. An official, or else whoever is the contact of an enterprise at this moment: an enterprise is always
 * there, its contact may have neither number nor e-mail.
 */
export const recipientOf = (of: string): string => `LATERAL (
    SELECT o.id, o.name, o.email, o.mobile_sealed AS phone_sealed, CASE WHEN o.is_mobile THEN o.mobile_sealed END AS mobile_sealed,
           o.mobile_search_key AS number_key, o.is_active, false AS is_contact
      FROM officials o WHERE o.id = ${of}.official_id
     UNION ALL
    SELECT e.id, coalesce(e.contact_name, e.name), e.contact_email, e.contact_phone_sealed,
           CASE WHEN e.contact_is_mobile THEN e.contact_phone_sealed END,
           e.contact_phone_search_key, true, true
      FROM enterprises e WHERE e.id = ${of}.enterprise_id)`;

/** Why nothing can go to the contact of enterprise `e` by this channel; `NULL` where it can. @param channel an expression of SQL */
export const contactUnreachable = (channel: string): string =>
  `CASE WHEN ${channel} = 'email' AND e.contact_email IS NULL THEN 'NO_ADDRESS'
                  WHEN ${channel} = 'sms' AND e.contact_is_mobile IS NOT TRUE THEN 'NO_ADDRESS' END`;

/** Where the number of a recipient is sealed. */
export const numberColumn = (isContact: boolean): SealedColumn =>
  isContact ? ENTERPRISE_PHONE : OFFICIAL_MOBILE;
