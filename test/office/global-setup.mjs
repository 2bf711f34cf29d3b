import { spawnSync } from 'node:child_process';

/** Said once and plainly, rather than by every test. */
export default function requireOffice() {
  const { error } = spawnSync('soffice', ['--version'], { stdio: 'ignore' });
  if (error === undefined) return;
  throw new Error(
    'soffice is missing: these need LibreOffice (on Debian: libreoffice-calc, libreoffice-writer-nogui, poppler-utils, chromium and fonts-noto-cjk).',
  );
}
