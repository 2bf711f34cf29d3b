export interface EvidencePiece {
  kind: string;
  source: string;
}

/** Sources that are not the enterprise itself. */
const INDEPENDENT: ReadonlySet<string> = new Set(['grid', 'tax', 'site_check']);

export const KINDS_NEEDED = 2;
export const INDEPENDENT_NEEDED = 1;

/** What evidence amounts to. */
export interface EvidenceCount {
  kinds: number;
  /** Pieces that do not come from the enterprise. */
  independent: number;
}

export const countEvidence = (evidence: readonly EvidencePiece[]): EvidenceCount => ({
  kinds: new Set(evidence.map((piece) => piece.kind)).size,
  independent: evidence.filter((piece) => INDEPENDENT.has(piece.source)).length,
});

/** Production is shown to be back by at least two kinds of evidence, of which one does not come from the enterprise. */
export const isRecoveryShown = ({ kinds, independent }: EvidenceCount): boolean =>
  kinds >= KINDS_NEEDED && independent >= INDEPENDENT_NEEDED;
