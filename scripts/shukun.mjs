// The launcher: node scripts/shukun.mjs <start|test|run|bench> [...args]. A fresh clone has no node_modules and no dist, so
// this file and what it imports from this folder use Node alone. The version is checked before anything newer is parsed.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const required = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).engines.node.replace('>=', '');

if (isOlder(process.versions.node, required)) {
  console.error(
    `Shukun needs Node.js ${required} or newer; this is ${process.versions.node}. Install the current LTS release from https://nodejs.org and start again.`,
  );
  process.exit(1);
} else if (process.platform === 'win32') {
  console.error('Shukun runs on Linux and macOS. On Windows, use WSL 2, or Docker with docker-compose.yml.');
  process.exit(1);
} else {
  const { run } = await import('./commands.mjs');
  await run(root, process.argv.slice(2));
}

function isOlder(version, least) {
  const [major, minor] = version.split('.').map(Number);
  const [leastMajor, leastMinor] = least.split('.').map(Number);
  return major < leastMajor || (major === leastMajor && minor < leastMinor);
}
