import type { Locale } from '../../platform/errors/message-text.js';
import type { CircularFacts } from './circular-facts.js';
import { renderTemplate } from './render-template.js';
import { valuesOf } from './template-values.js';

/**
 * The bulletin 通报 of a week as a Word file. The same facts, template and language give the same bytes.
 * @throws Refusal 422 CIRCULAR_TEMPLATE_INVALID where the template names what there is not
 */
export const circular = (facts: CircularFacts, template: Buffer, locale: Locale): Promise<Buffer> =>
  renderTemplate(template, valuesOf(facts, locale));
