import 'reflect-metadata';
import { createAdministrators } from './commands/create-administrators.js';
import { detect, DETECT_USAGE } from './commands/detect.js';
import { exampleAccounts } from './commands/example-accounts.js';
import { explainReminders } from './commands/explain-reminders.js';
import { EXPORTS_USAGE, exportFiles } from './commands/export-files.js';
import { firstStart } from './commands/first-start.js';
import { importLedger } from './commands/import-ledger.js';
import { migrateDatabase } from './commands/migrate-database.js';
import { resetSecondFactor } from './commands/reset-second-factor.js';
import { verifyAudit } from './commands/verify-audit.js';
import { rotatePersonalData } from './commands/rotate-personal-data.js';
import { keepTally } from './commands/keep-tally.js';
import { runProcess } from './run-process.js';

type Command = (args: string[]) => Promise<void>;

const COMMANDS: Record<string, { run: Command; help: string }> = {
  migrate: { run: migrateDatabase, help: 'bring the database up to date' },
  'create-admin': {
    run: createAdministrators,
    help: 'make the first administrators, of the system and of security, with one-time passwords',
  },
  'reset-second-factor': {
    run: resetSecondFactor,
    help: 'USERNAME: where no security administrator can sign in any more',
  },
  import: { run: importLedger, help: 'FILE [--preview] [--reject-all]: take a ledger workbook in' },
  export: { run: exportFiles, help: EXPORTS_USAGE },
  'audit:verify': { run: verifyAudit, help: 'find events that were changed, removed, inserted or reordered' },
  reminders: {
    run: explainReminders,
    help: 'explain NUMBER: which rung comes when, to whom and why, or why not',
  },
  statistics: {
    run: keepTally,
    help: 'verify: recount what weekly tables are made from; rebuild: make it anew from the events',
  },
  detect: {
    run: detect,
    help: `${DETECT_USAGE.slice('detect '.length)}: what the rules would say of a month`,
  },
  'personal-data:rotate': {
    run: rotatePersonalData,
    help: 'seal all numbers under the first key of PERSONAL_DATA_KEYS',
  },
  'example-accounts': { run: exampleAccounts, help: 'one account a role, for the embedded example only' },
  'first-start': { run: firstStart, help: '--out DIR: the main job shown on the example ledger' },
};

runProcess(async () => {
  const [name = '', ...args] = process.argv.slice(2);
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (command !== undefined) return command.run(args);
  const lines = Object.entries(COMMANDS).map(([known, { help }]) => `  ${known.padEnd(22)}${help}`);
  process.stderr.write(`Commands:\n${lines.join('\n')}\n`);
  process.exitCode = 2;
});
