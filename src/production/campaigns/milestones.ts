/**
 * What a member of a campaign has to reach. `recovered` 恢复生产 is known from cases; `resumed` 复产, `capacity_restored`
 * 复能, `on_target` 达效 and `full_capacity` 满产 from monthly figures; `project_completed` 竣工 and `in_production` 投产
 * from the stages of projects.
 */
export const MILESTONES = [
  'recovered',
  'resumed',
  'capacity_restored',
  'on_target',
  'full_capacity',
  'project_completed',
  'in_production',
] as const;
export type Milestone = (typeof MILESTONES)[number];

/** Reached and lost again as figures say. */
export const FIGURE_MILESTONES = ['resumed', 'capacity_restored', 'on_target', 'full_capacity'] as const;
export type FigureMilestone = (typeof FIGURE_MILESTONES)[number];

export const MEMBER_KINDS = ['enterprise', 'project'] as const;
/** Members of one campaign are of one kind. */
export type MemberKind = (typeof MEMBER_KINDS)[number];

export const memberKindOf = (milestone: Milestone): MemberKind =>
  milestone === 'project_completed' || milestone === 'in_production' ? 'project' : 'enterprise';
