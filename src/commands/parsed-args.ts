import { parseArgs, type ParseArgsConfig } from 'node:util';
import { UsageError } from '../run-process.js';

/** What was said on the command line. @throws UsageError with the usage, where something of it is not known */
export function parsedArgs<Config extends ParseArgsConfig>(config: Config, usage: string) {
  try {
    return parseArgs(config);
  } catch (error) {
    throw new UsageError([error instanceof Error ? error.message : String(error), usage].join('\n'));
  }
}
