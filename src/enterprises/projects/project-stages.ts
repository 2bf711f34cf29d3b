/** How far a project has come: 签约, 在建, 竣工, 投产. It goes forward only. */
export const PROJECT_STAGES = ['signed', 'under_construction', 'completed', 'in_production'] as const;
export type ProjectStage = (typeof PROJECT_STAGES)[number];

/** Where it comes from that a stage was reached; a document is that of an authority, such as an acceptance. */
export const STAGE_SOURCES = ['enterprise', 'document', 'site_check', 'grid', 'tax'] as const;
export type StageSource = (typeof STAGE_SOURCES)[number];

/** A stage and its day, `YYYY-MM-DD`. */
export interface ReachedStage {
  stage: ProjectStage;
  reachedOn: string;
}

const placeOf = (stage: ProjectStage): number => PROJECT_STAGES.indexOf(stage);

/** Negative where `one` comes before `other`. */
export const byStage = (one: ReachedStage, other: ReachedStage): number =>
  placeOf(one.stage) - placeOf(other.stage);

/** The stages that are passed over on the way. */
export const skippedBetween = (from: ProjectStage | null, to: ProjectStage): ProjectStage[] =>
  PROJECT_STAGES.slice(from === null ? 0 : placeOf(from) + 1, placeOf(to));

export const isForward = (from: ProjectStage | null, to: ProjectStage): boolean =>
  from === null || placeOf(to) > placeOf(from);

/** The two days between which a stage may lie, of those that stand beside it; `null`: nothing bounds it. */
export function boundsOf(
  stage: ProjectStage,
  standing: readonly ReachedStage[],
): { earliestOn: string | null; latestOn: string | null } {
  const inOrder = standing.filter((one) => one.stage !== stage).toSorted(byStage);
  return {
    earliestOn: inOrder.findLast((one) => placeOf(one.stage) < placeOf(stage))?.reachedOn ?? null,
    latestOn: inOrder.find((one) => placeOf(one.stage) > placeOf(stage))?.reachedOn ?? null,
  };
}
