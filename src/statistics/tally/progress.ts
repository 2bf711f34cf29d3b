import type { EntityManager } from 'typeorm';
import type { TallyProgress } from './tally-progress.entity.js';

export type Progress = Omit<TallyProgress, 'isOnly'>;

export async function readProgress(runner: Pick<EntityManager, 'query'>): Promise<Progress> {
  const [progress]: Progress[] = await runner.query(
    `SELECT known_before AS "knownBefore", changed_at AS "changedAt", seen_xid AS "seenXid",
            build_before AS "buildBefore", built_through AS "builtThrough" FROM tally_progress`,
  );
  if (progress === undefined) throw new Error('the row of tally_progress is gone');
  return progress;
}

/** The first transaction that has not ended, of which rows may yet appear; as rows name it, without its epoch. */
export async function currentXid(manager: EntityManager): Promise<string> {
  const [row]: Array<{ xid: string }> = await manager.query(
    `SELECT (pg_snapshot_xmin(pg_current_snapshot())::text::numeric % 4294967296)::bigint AS xid`,
  );
  if (row === undefined) throw new Error('no snapshot');
  return row.xid;
}

/** All that was recorded before this moment is in the lines. */
export async function moveOn(
  manager: EntityManager,
  knownBefore: Date,
  seenXid: string,
  hasChanged: boolean,
): Promise<void> {
  await manager.query(
    `UPDATE tally_progress SET known_before = $1, seen_xid = $2, build_before = NULL, built_through = NULL,
            changed_at = CASE WHEN $3 THEN $1 ELSE changed_at END`,
    [knownBefore, seenXid, hasChanged],
  );
}
