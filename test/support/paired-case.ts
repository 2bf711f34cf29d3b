import { type AssignedCase, handling, type ReminderWorld } from './reminder-world.js';

/** A case whose handling clock runs, of an enterprise that a leader is paired with. */
export async function pairedCase(
  world: ReminderWorld,
  {
    department,
    handler,
    leader,
    dueAt,
  }: { department: string; handler: string; leader: string; dueAt: string },
): Promise<AssignedCase> {
  const made = await world.assignedCase(department, handler, dueAt);
  await world.pair(made.enterpriseId, leader);
  await world.announce([made, [handling(made)]]);
  return made;
}
