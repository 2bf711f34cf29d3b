/**
 * What a member of a campaign has to reach. `recovered` 恢复生产 is known from cases; milestones that are known from
 * figures are added here and in `reached.ts`.
 */
export const MILESTONES = ['recovered'] as const;
export type Milestone = (typeof MILESTONES)[number];
