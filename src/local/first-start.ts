import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { readJson, writeJson, type DataFolder } from './data-folder.js';
import type { Progress } from './launch.js';
import type { Product } from './product.js';
import type { Ports } from './services.js';

/** What of a first start is done; a killed one goes on where this says. */
export interface State {
  ports: Ports;
  example: 'undecided' | 'wanted' | 'loaded' | 'left_out';
  isAdministratorMade: boolean;
  /** Made, but not yet told. */
  administrators: Administrator[];
}

/** One of the first two, with a one-time password. */
export interface Administrator {
  role: string;
  username: string;
  password: string;
}

export interface ExampleAccount {
  role: string;
  username: string;
  password: string;
}

/** As it was when there was one administrator. */
interface EarlierState {
  administrator?: Omit<Administrator, 'role'> | null;
}

export function loadState(data: DataFolder): State {
  const { administrator, ...state } = readJson<State & EarlierState>(data.stateFile, {
    ports: { postgres: 0, redis: 0, pages: 0 },
    example: 'undecided',
    isAdministratorMade: false,
    administrators: [],
  });
  if (administrator === undefined) return state;
  // One that was not told yet is told now; and a database with one administrator lacks the other.
  const untold = administrator === null ? [] : [{ ...administrator, role: 'system_admin' }];
  return { ...state, isAdministratorMade: false, administrators: [...untold, ...state.administrators] };
}

export function saveState(data: DataFolder, state: State): void {
  writeJson(data.stateFile, state);
}

/** The administrators that a database lacks; their passwords are told once, and kept nowhere. */
export async function makeAdministrators(product: Product): Promise<Administrator[]> {
  const printed = await product.command('create-admin');
  // A line each; a warning may come before them.
  const lines = printed.split('\n').filter((line) => line.startsWith('{"role":'));
  return lines.map((line): Administrator => JSON.parse(line));
}

/** One account a role, made on the first start of an embedded database. */
export async function exampleAccounts(
  product: Product,
  data: DataFolder,
  progress: Progress,
): Promise<ExampleAccount[]> {
  if (!existsSync(data.accountsFile)) {
    await progress.step('example accounts made', async () => {
      const made: ExampleAccount[] = JSON.parse(lastLine(await product.command('example-accounts')));
      writeJson(data.accountsFile, made);
    });
  }
  const accounts: ExampleAccount[] = JSON.parse(readFileSync(data.accountsFile, 'utf8'));
  return accounts;
}

/**
 * The example ledger through the real intake, on the first start only: once a product was started empty, or its
 * ledger is in, no later start puts examples between somebody's real cases.
 */
export async function loadExample(
  product: Product,
  data: DataFolder,
  state: State,
  progress: Progress,
): Promise<void> {
  if (state.example !== 'wanted') return;
  const summary = await progress.step(
    'example ledger taken, reminders sent, last week computed',
    async () => ({
      text: await product.command('first-start', '--out', data.reports),
    }),
  );
  writeFileSync(data.summaryFile, summary.text, { mode: 0o600 });
  state.example = 'loaded';
  saveState(data, state);
}

/** Where a command's answer stands; a warning may come before it. */
function lastLine(output: string): string {
  return output.trimEnd().split('\n').at(-1) ?? '';
}
