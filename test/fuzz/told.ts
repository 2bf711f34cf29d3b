import type { Finding } from './fuzz.js';

const MOST = 20;

/** The first of each kind of finding, with the request that shows it. */
export function told(findings: readonly Finding[]): string[] {
  const kinds = new Map<string, string>();
  for (const { fault, request } of findings)
    if (!kinds.has(fault)) kinds.set(fault, `${fault}\n${request}\n`);
  return [...kinds.values()].slice(0, MOST);
}
