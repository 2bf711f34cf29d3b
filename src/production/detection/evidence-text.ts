import type { Locale } from '../../platform/errors/message-text.js';
import type { CandidateKind, Evidence } from './candidate-terms.js';

export function evidenceText(kind: CandidateKind, evidence: Evidence, locale: Locale): string {
  return `${locale} ${kind} ${evidence.rule} ${evidence.month}`;
}
