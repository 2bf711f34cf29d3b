import 'reflect-metadata';
import { readFileSync } from 'node:fs';
import type { AccountActor } from '../../src/access/actor.js';
import { CasesRepository } from '../../src/cases/cases.repository.js';
import type { AssignmentInput } from '../../src/cases/verbs/assign.js';
import { Assign } from '../../src/cases/verbs/assign.js';
import { withProduct } from '../../src/commands/with-product.js';
import { type Recordings, StatementRecorder, writeRecordings } from './statements.js';

/** Notes the statements by which the product assigns cases, changing nothing; its argument is a file of this as JSON. */
export interface AssignmentsToRecord {
  actor: AccountActor;
  caseIds: string[];
  input: AssignmentInput;
  /** Where the statements go. */
  file: string;
}

const asked: AssignmentsToRecord = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8'));
const { actor, caseIds, input, file } = asked;
const recorder = new StatementRecorder();

await withProduct(async (app) => {
  const [assign, cases] = [app.get(Assign), app.get(CasesRepository)];
  const recordings: Recordings = new Map();
  // Twice the first: what is read once and kept, such as the calendar, is no part of a change.
  for (const id of [caseIds[0] ?? '', ...caseIds]) {
    const statements = await recorder.record(async () => {
      await assign.run(actor, { kind: 'case', id }, input);
      await cases.getCase(actor, id);
    });
    recordings.set(id, statements);
  }
  writeRecordings(file, recordings);
});
process.stdout.write('\ntrue\n');
