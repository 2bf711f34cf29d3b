import { v7 as uuidv7 } from 'uuid';
import { type AssignedCase, handling, type ReminderWorld } from './reminder-world.js';

interface OverdueWork {
  department: string;
  handler: string;
  dueAt: string;
  /** The clock is set to it afterwards. */
  at: string;
}

/** Cases of one official, paired with one leader, whose handling clock is over at `at`. */
export async function overdueCases(
  world: ReminderWorld,
  { department, handler, dueAt, at }: OverdueWork,
  count: number,
): Promise<AssignedCase[]> {
  const cases: AssignedCase[] = [];
  for (let made = 0; made < count; made += 1)
    cases.push(await world.assignedCase(department, handler, dueAt));
  const leader = await world.official(department, `领导${uuidv7()}`, { duty: 'leader' });
  for (const { enterpriseId } of cases) await world.pair(enterpriseId, leader);
  await world.announce(
    ...cases.map((made): [AssignedCase, ReturnType<typeof handling>[]] => [made, [handling(made)]]),
  );
  world.clock.set(at);
  return cases;
}
