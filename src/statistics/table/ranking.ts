/** Of fewer the rates say too little to put one before another. */
export const FEWEST_TO_RANK = 3;

export interface Scored {
  group: string;
  score: number | null;
  overdue: number;
  cumulativeAssigned: number;
}

/** Group → dense rank by score, and among equal scores by fewer overdue; equal in both share one. */
export function ranksOf(rows: readonly Scored[]): Map<string, number> {
  const ranked = rows
    .filter(
      (row): row is Scored & { score: number } =>
        row.score !== null && row.cumulativeAssigned >= FEWEST_TO_RANK,
    )
    .toSorted((one, other) => other.score - one.score || one.overdue - other.overdue);
  const ranks = new Map<string, number>();
  let rank = 0;
  let above: Scored | undefined;
  for (const row of ranked) {
    if (above?.score !== row.score || above.overdue !== row.overdue) rank += 1;
    ranks.set(row.group, rank);
    above = row;
  }
  return ranks;
}
