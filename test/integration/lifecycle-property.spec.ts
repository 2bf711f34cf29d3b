import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { Refusal } from '../../src/platform/errors/refusal.js';
import { FakeClock } from '../support/fake-clock.js';
import { brokenInvariants, type Found, findAll } from '../support/lifecycle-invariants.js';
import { type Cast, type Step, step, take } from '../support/lifecycle-walk.js';
import { LifecycleWorld } from '../support/lifecycle-world.js';

/** Walks side by side; each of their prefixes is a sequence of its own, looked at after its last action. */
const WALKS = 100;
const STEPS = 25;
const AT_ONCE = 8;
const HOUR = 3_600_000;
/** The same walks at every run; LIFECYCLE_SEED gives others. */
const SEED = Number(process.env['LIFECYCLE_SEED'] ?? 20_211_010);

/** No action leads on from here. */
const ENDED = new Set(['rejected', 'terminated']);
const EVERY_EVENT = `
  acknowledged
  assigned
  claimed
  closure_requested
  extension_approved
  extension_refused
  extension_requested
  held
  reassigned
  rejected
  reopened
  reported
  resolved
  resumed
  returned
  sent_back
  terminated
`
  .trim()
  .split(/\s+/);

describe(`random lives of cases and problems, seed ${SEED}`, () => {
  const clock = new FakeClock(new Date('2021-08-30T09:10:00+08:00'));
  let world: LifecycleWorld;
  let cast: Cast;

  beforeAll(async () => {
    world = await LifecycleWorld.open(clock);
    const { id: reportingUnitId } = await world.make.unit('610902');
    const { id: elsewhereId } = await world.make.unit('610921');
    const desks = [await world.desk(), await world.desk(), await world.desk('610902')];
    const taskForce = await world.taskForce();
    const everyone = [
      taskForce,
      await world.taskForce(),
      ...desks.map(({ actor }) => actor),
      await world.someone('county', { reportingUnitId }),
      await world.someone('county', { reportingUnitId: elsewhereId }),
      await world.someone('auditor'),
    ];
    cast = { taskForce, desks, everyone };
  });
  afterAll(() => world.close());

  it('keep state, events, assignments, counts and reminders in step after every action', async () => {
    const lines = fc.array(step, { minLength: STEPS, maxLength: STEPS });
    const walks = fc.sample(lines, { seed: SEED, numRuns: WALKS });
    const pauses = fc.sample(fc.constantFrom(1, 5, 20, 24, 72), { seed: SEED, numRuns: STEPS });
    const roots = await beginnings();
    const tally = { done: 0, refused: 0 };
    for (const [at, pause] of pauses.entries()) {
      clock.advance(pause * HOUR);
      await world.holds.run();
      await startAnew(roots, bySubjectOfWalk(await findAll(world)));
      const before = bySubjectOfWalk(await findAll(world));
      const outcomes = await inTurns(roots, async (root, walk) => {
        const chosen = walks[walk]?.[at];
        if (chosen === undefined) throw new Error('a walk too short');
        return outcomeOf(chosen, before.get(root) ?? []);
      });
      const after = await findAll(world);
      const faults = await brokenInvariants(world, after);
      for (const [walk, outcome] of outcomes.entries()) {
        if (outcome === 'done') tally.done += 1;
        else if (outcome === 'refused') {
          tally.refused += 1;
          faults.push(...changes(before.get(roots[walk] ?? '') ?? [], after));
        } else faults.push(`${outcome} at ${JSON.stringify(walks[walk]?.[at])}`);
      }
      expect({ seed: SEED, at, faults: faults.slice(0, 5) }).toEqual({ seed: SEED, at, faults: [] });
    }
    // Both kinds of step were taken often, and nothing that can happen never did.
    expect(tally.done).toBeGreaterThan(WALKS * STEPS * 0.3);
    expect(tally.refused).toBeGreaterThan(WALKS * STEPS * 0.1);
    const types = await world.query<{ type: string }>('SELECT DISTINCT type FROM case_events ORDER BY type');
    expect(types.map(({ type }) => type)).toEqual(EVERY_EVENT);
  }, 150_000);

  /** A case of its own for each walk. */
  const beginnings = (): Promise<string[]> =>
    inTurns(Array.from({ length: WALKS }), async () => (await world.case(cast.taskForce)).id);

  /** A walk whose case has left the books for good goes on with another. */
  async function startAnew(roots: string[], known: Map<string, Found[]>): Promise<void> {
    await inTurns(roots, async (root, walk) => {
      const owner = known.get(root)?.find(({ id }) => id === root);
      if (owner !== undefined && !ENDED.has(owner.status)) return;
      roots[walk] = (await world.case(cast.taskForce)).id;
    });
  }

  async function outcomeOf(chosen: Step, subjects: readonly Found[]): Promise<string> {
    try {
      await take(world, cast, chosen, subjects, clock.now());
      return 'done';
    } catch (error) {
      return error instanceof Refusal ? 'refused' : String(error);
    }
  }
});

/** The cases, each with its problems, by the id of the case. */
function bySubjectOfWalk(all: Map<string, Found>): Map<string, Found[]> {
  const walks = new Map<string, Found[]>();
  for (const found of [...all.values()].toSorted((one, other) => (one.id < other.id ? -1 : 1))) {
    const root = found.caseId ?? found.id;
    walks.set(root, [...(walks.get(root) ?? []), found]);
  }
  return walks;
}

/** What a refusal changed, which must be nothing. */
const changes = (before: readonly Found[], after: Map<string, Found>): string[] =>
  before
    .filter(({ id, version, lastSequence }) => {
      const now = after.get(id);
      return now?.version !== version || now.lastSequence !== lastSequence;
    })
    .map(({ kind, id }) => `${kind} ${id} was changed by what was refused`);

async function inTurns<Item, Result>(
  items: readonly Item[],
  work: (item: Item, at: number) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  for (let from = 0; from < items.length; from += AT_ONCE) {
    const turn = items.slice(from, from + AT_ONCE);
    results.push(...(await Promise.all(turn.map((item, at) => work(item, from + at)))));
  }
  return results;
}
