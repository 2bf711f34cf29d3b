import { v7 as uuidv7 } from 'uuid';
import { type Chain, datesOf, type Drawn, type Revised } from './weekly-draw.js';
import { type Cast, type Happened, LedgerWalk } from './weekly-walk.js';

/** An event with its place in its chain. */
export interface Told extends Happened {
  id: string;
  chain: string;
  sequence: number;
}

/** An enterprise or project whose cases and problems are told of. */
export interface Owner {
  id: string;
  kind: 'enterprise' | 'project';
  number: number;
  unit: number;
  revisions: ReadonlyArray<Revised & { id: string; at: number; known: number }>;
}

export interface Story {
  events: readonly Told[];
  owners: readonly Owner[];
}

const CATEGORIES = ['land', 'funds', 'energy', 'market'];
const CAUSES = ['government', 'market', 'enterprise', null];
const DISTRESS = ['stalled', 'semi_stalled', 'reduced_output'];

/** What is drawn, as events in their chains. @param units of which enterprises are of one */
export function storyOf({ chains }: Drawn, cast: Cast, units: readonly string[]): Story {
  const owners: Owner[] = [];
  const events = chains.flatMap((chain, number) => {
    const owner: Owner = {
      id: uuidv7(),
      kind: chain.home === 'project' ? 'project' : 'enterprise',
      number: number + 1,
      unit: number % units.length,
      revisions: chain.revisions.map((revised) => ({ ...revised, ...datesOf(revised), id: uuidv7() })),
    };
    owners.push(owner);
    return chained(told(chain, owner, cast, units));
  });
  return { events, owners };
}

function told(chain: Chain, owner: Owner, cast: Cast, units: readonly string[]): Happened[][] {
  const home = owner.kind === 'project' ? { projectId: owner.id } : { enterpriseId: owner.id };
  const common = { ...home, reportingUnitId: units[owner.unit] };
  const ofProblem = (place: number): Record<string, unknown> => ({
    ...common,
    number: `P-${owner.number}-${place}`,
    category: CATEGORIES[(owner.number + place) % CATEGORIES.length],
    cause: CAUSES[(owner.number * 3 + place) % CAUSES.length],
  });
  if (chain.home !== 'case') {
    const walk = new LedgerWalk(uuidv7(), 'problem', cast, chain.own, ofProblem(0));
    return [walk.happened];
  }
  const caseId = uuidv7();
  const report = { ...common, number: `AK-${owner.number}`, distressType: DISTRESS[chain.distress] };
  const own = new LedgerWalk(caseId, 'case', cast, chain.own, report).happened;
  const problems = chain.problems.map(
    (walk, place) =>
      new LedgerWalk(uuidv7(), 'problem', cast, walk, { ...ofProblem(place), caseId }, own[0]?.at).happened,
  );
  return [own, ...problems];
}

/** One numbered chain, in the order in which the system learnt it. */
function chained(walks: readonly Happened[][]): Told[] {
  const chain = walks[0]?.[0]?.subject ?? '';
  return walks
    .flat()
    .toSorted((one, other) => one.known - other.known)
    .map((happened, place) => ({ ...happened, id: uuidv7(), chain, sequence: place + 1 }));
}
