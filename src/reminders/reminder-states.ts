export const REMINDER_STATES = ['armed', 'cancelled', 'recorded', 'superseded'] as const;
export type ReminderState = (typeof REMINDER_STATES)[number];
