import path from 'node:path';
import { parseArgs } from 'node:util';
import { describe } from './data-folder.js';

export interface StartOptions {
  isFresh: boolean;
  isEmpty: boolean;
  isExit: boolean;
  dataFolder: string;
}

export const USAGE = `npm start -- [options]     starts Shukun (纾困) with all that it needs; Ctrl-C stops it

  --empty       without the example ledger
  --fresh       remove what earlier starts left in the data folder, and begin anew
  --data DIR    keep everything in DIR instead of .local/ (two may run side by side)
  --exit        stop after the summary
  --help        this text

DATABASE_URL, REDIS_URL, SMTP_URL and SMS_GATEWAY_URL, where set, are used instead of what would be started here;
with DATABASE_URL there are no example ledger and no example accounts. PORT (3000) and HOST (127.0.0.1) are the API's.`;

/** The options; or, as text, what is wrong with the arguments, or the usage when it was asked for. */
export function readOptions(
  args: readonly string[],
  root: string,
  cwd: string,
): StartOptions | { refusal: string } | { help: string } {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        empty: { type: 'boolean', default: false },
        fresh: { type: 'boolean', default: false },
        exit: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false, short: 'h' },
        data: { type: 'string' },
      },
    });
    if (values.help) return { help: USAGE };
    if (values.data === '') return { refusal: `--data needs a folder\n\n${USAGE}` };
    return {
      isFresh: values.fresh,
      isEmpty: values.empty,
      isExit: values.exit,
      dataFolder: values.data === undefined ? path.join(root, '.local') : path.resolve(cwd, values.data),
    };
  } catch (error) {
    return { refusal: `${describe(error)}\n\n${USAGE}` };
  }
}
