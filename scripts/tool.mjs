import { spawn } from 'node:child_process';

/**
 * Runs a build tool to its end. Its output is shown only when it fails. A signal to this process ends the tool too:
 * half an install is found and done again by the next start.
 */
export async function runTool(what, command, args, options = {}) {
  const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  const output = [];
  child.stdout.on('data', (chunk) => output.push(chunk));
  child.stderr.on('data', (chunk) => output.push(chunk));
  const stop = (signal) => {
    child.kill('SIGTERM');
    process.exit(signal === 'SIGINT' ? 130 : 143);
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  for (const signal of signals) process.once(signal, stop);
  try {
    const code = await new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('close', resolve);
    });
    if (code !== 0) throw new Error(`exit code ${code}\n${Buffer.concat(output).toString('utf8').trimEnd()}`);
  } catch (error) {
    throw new Error(`${what} failed: ${error.message}`, { cause: error });
  } finally {
    for (const signal of signals) process.off(signal, stop);
  }
}
