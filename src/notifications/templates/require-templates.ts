import type { AppConfig } from '../../platform/config/app-config.js';
import { templateFaults, templateIdFaults } from './short-messages.js';
import { smsTemplates } from './sms-templates.js';

/**
 * Called at start: every template must fit into an SMS under the configured signature, and a vendor must know each.
 * @throws Error with one line for each fault
 */
export function requireTemplates({
  smsSignature,
  smsVendor,
  locale,
}: Pick<AppConfig, 'smsSignature' | 'smsVendor' | 'locale'>): void {
  const set = smsTemplates(locale);
  const faults = templateFaults(smsSignature, set);
  if (faults.length > 0)
    throw new Error(`the SMS templates do not fit under SMS_SIGNATURE:\n${faults.join('\n')}`);
  const idFaults = smsVendor === null ? [] : templateIdFaults(smsVendor.templateIds, set);
  if (idFaults.length > 0)
    throw new Error(
      `SMS_${smsVendor?.provider.toUpperCase()}_TEMPLATES is not complete:\n${idFaults.join('\n')}`,
    );
}
