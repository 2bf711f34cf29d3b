import { ENTERPRISE_PHONE } from './enterprises/enterprise-phone.js';
import { OFFICIAL_MOBILE } from './organization/official-mobile.js';

/** Every column whose values are sealed. */
export const ALL_SEALED_COLUMNS = [OFFICIAL_MOBILE, ENTERPRISE_PHONE];
