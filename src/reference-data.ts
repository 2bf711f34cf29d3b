import { seedCalendar } from './calendar/seed-calendar.js';
import { seedOrganization } from './organization/organization.seed.js';
import type { Transaction } from './platform/database/transactions.js';
import { seedProductionPolicy } from './production/policies/seed-production-policy.js';
import { seedReminderPolicy } from './reminders/seed-reminder-policy.js';

/**
 * What every database holds from the start: units, the task-force office, the calendar, the ladder, the parameters of
 * production. Harmless again.
 */
export async function seedReferenceData(tx: Transaction, now: Date): Promise<void> {
  await seedOrganization(tx, now);
  await seedCalendar(tx, now);
  await seedReminderPolicy(tx, now);
  await seedProductionPolicy(tx, now);
}
