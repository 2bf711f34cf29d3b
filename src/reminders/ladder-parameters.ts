import type { Ladder } from './ladder.js';

/**
 * Whom every rung of these versions reminds, as three columns of policy version, rung and role, and by which channels,
 * as three more: a reminder keeps the ladder it was armed under.
 */
export function ladderParameters(ladders: readonly Ladder[]): unknown[][] {
  const rungs = ladders.flatMap(({ version, rungs }) => rungs.map((rung) => ({ version, ...rung })));
  const duties = rungs.flatMap((rung) =>
    rung.recipients.map((role) => [rung.version, rung.code, role] as const),
  );
  const ways = rungs.flatMap((rung) =>
    rung.channels.map((channel) => [rung.version, rung.code, channel] as const),
  );
  return [...columns(duties), ...columns(ways)];
}

const columns = (rows: ReadonlyArray<readonly [number, string, string]>): unknown[][] =>
  [0, 1, 2].map((place) => rows.map((row) => row[place]));
