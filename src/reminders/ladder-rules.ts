import type { ClockKind } from '../cases/deadlines/clocks.js';
import type { Fault } from '../platform/errors/refusal.js';
import type { DeadlineClass, RecipientRole, Rung } from './ladder.js';

export const MOST_RUNGS = 40;
/** Working days from the deadline. */
export const OFFSETS = { least: -30, most: 90 } as const;

/** Found by the enterprise or project, and the office, whatever the clock. */
const ALWAYS: readonly RecipientRole[] = ['paired_leader', 'task_force'];
/** Found by the assignment. */
const ANSWERABLE: readonly RecipientRole[] = ['official', 'liaison', 'head', ...ALWAYS];

/** Who can be found from each clock. Before anybody is answerable the assign clock knows nobody of a department. */
export const RECIPIENTS_OF: Readonly<Record<ClockKind, readonly RecipientRole[]>> = {
  assign: ALWAYS,
  sign: ANSWERABLE,
  handle: ANSWERABLE,
  co_handle: ['co_handler', ...ANSWERABLE],
  verify: ['verifier', ...ANSWERABLE],
};

/** What is wrong with a ladder whose rungs are well-formed one by one. */
export function ladderFaults(appliesTo: DeadlineClass, rungs: readonly Rung[]): Fault[] {
  const faults = rungs.flatMap((rung, index) => [
    ...reserved(rung, index),
    ...duplicates(rungs, index),
    ...rung.recipients.flatMap((role, place): Fault[] =>
      RECIPIENTS_OF[rung.clock].includes(role)
        ? []
        : [
            {
              pointer: `/rungs/${index}/recipients/${place}`,
              code: 'RUNG_RECIPIENT_UNKNOWN',
              params: { role, clock: rung.clock },
            },
          ],
    ),
  ]);
  // A class without rungs climbs the default; there is nothing that the default could fall back to.
  if (appliesTo === 'default' && rungs.length === 0)
    faults.push({ pointer: '/rungs', code: 'LADDER_DEFAULT_EMPTY' });
  return faults;
}

/** Texts and counts are looked up by the code: one that every object has of itself would be found among them. */
const reserved = ({ code }: Rung, index: number): Fault[] =>
  code in {} ? [{ pointer: `/rungs/${index}/code`, code: 'RUNG_CODE_RESERVED', params: { rung: code } }] : [];

function duplicates(rungs: readonly Rung[], index: number): Fault[] {
  const rung = rungs[index];
  const before = rungs.slice(0, index);
  if (rung === undefined) return [];
  const { code, clock, offsetWorkingDays } = rung;
  const faults: Fault[] = [];
  // The sweep knows whom a rung reminds by its code alone.
  if (before.some((other) => other.code === code))
    faults.push({ pointer: `/rungs/${index}/code`, code: 'RUNG_CODE_TWICE', params: { rung: code } });
  // Of two rungs of one moment neither would be the highest.
  if (before.some((other) => other.clock === clock && other.offsetWorkingDays === offsetWorkingDays))
    faults.push({
      pointer: `/rungs/${index}/offsetWorkingDays`,
      code: 'RUNG_OFFSET_TWICE',
      params: { clock, offsetWorkingDays },
    });
  return faults;
}
