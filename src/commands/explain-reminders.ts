import { SYSTEM } from '../access/actor.js';
import { OfficeTime } from '../calendar/office-time.js';
import { loadLocale } from '../platform/config/app-config.js';
import { Refusal } from '../platform/errors/refusal.js';
import { ExplainReminders } from '../reminders/explain-reminders.js';
import { CHINESE_EXPLANATION, ENGLISH_EXPLANATION } from '../reminders/explanation-texts.js';
import { explanationWording } from '../reminders/explanation-wording.js';
import { CHINESE, ENGLISH } from '../reminders/letter-texts.js';
import { UsageError } from '../run-process.js';
import { withProduct } from './with-product.js';

/** `reminders explain NUMBER`: says of a case or problem which rung comes when, to whom and why, or why not. */
export async function explainReminders(args: string[]): Promise<void> {
  const [verb, number, ...others] = args;
  if (verb !== 'explain' || number === undefined || others.length > 0)
    throw new UsageError('reminders explain NUMBER (of a case or a problem)');
  const [texts, letters] =
    loadLocale() === 'en' ? [ENGLISH_EXPLANATION, ENGLISH] : [CHINESE_EXPLANATION, CHINESE];
  const words = await withProduct(async (app) => {
    try {
      const explanation = await app.get(ExplainReminders).byNumber(SYSTEM, number);
      return explanationWording(explanation, { texts, letters, office: app.get(OfficeTime) });
    } catch (error) {
      if (error instanceof Refusal && error.status === 404)
        throw new UsageError(`there is no case or problem ${number}`);
      throw error;
    }
  });
  process.stdout.write(`${words}\n`);
}
