export interface EvidencePiece {
  kind: string;
  source: string;
}

/** Sources that are not the enterprise itself. */
const INDEPENDENT: ReadonlySet<string> = new Set(['grid', 'tax', 'site_check']);

/** Production is shown to be back by at least two kinds of evidence, of which one does not come from the enterprise. */
export function isRecoveryShown(evidence: readonly EvidencePiece[]): boolean {
  const kinds = new Set(evidence.map((piece) => piece.kind));
  return kinds.size >= 2 && evidence.some((piece) => INDEPENDENT.has(piece.source));
}
