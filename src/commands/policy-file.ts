import { readFile } from 'node:fs/promises';
import { UsageError } from '../run-process.js';

/** Some of the parameters, by name. @throws UsageError where it is no such file */
export async function readPolicy(file: string): Promise<Record<string, unknown>> {
  const text = await readFile(file, 'utf8').catch(() => {
    throw new UsageError(`${file} cannot be read`);
  });
  const content: unknown = parsed(text);
  if (typeof content !== 'object' || content === null || Array.isArray(content))
    throw new UsageError(`${file} is no JSON object of parameters, such as {"reducedOutputAtMost": 0.75}`);
  return Object.fromEntries(Object.entries(content));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
