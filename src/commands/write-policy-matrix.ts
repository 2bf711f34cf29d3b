import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { POLICY } from '../access/policy.js';
import { MATRIX_FILE, policyMatrix } from '../access/policy-matrix.js';

/** `npm run -s policy:matrix`: writes the policy as a page of the documentation. Answers the exit code. */
export function run({ root }: { root: string }): Promise<number> {
  writeFileSync(path.join(root, MATRIX_FILE), policyMatrix(POLICY));
  process.stdout.write(`${MATRIX_FILE}\n`);
  return Promise.resolve(0);
}
