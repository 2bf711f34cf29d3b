import { linkSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { identityOf } from './processes.mjs';

const TAKEOVER_MS = 10_000;

/**
 * A lock held by a process: a file with its pid and start. Answers `{release}`, or `{holder: pid}` when a living
 * process has it. The lock of a dead process is taken over.
 */
export function takeLock(file) {
  const own = JSON.stringify({ pid: process.pid, identity: identityOf(process.pid) });
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, own);
  const release = () => {
    if (read(file) === own) rmSync(file, { force: true });
  };
  try {
    for (;;) {
      // A link appears whole or not at all, so nobody reads a half-written holder.
      if (link(draft, file)) return { release };
      const found = read(file);
      if (found === null) continue;
      const holder = livingHolder(found);
      if (holder !== null) return { holder };
      if (takeOver(draft, file, found)) return { release };
      pause(20);
    }
  } finally {
    rmSync(draft, { force: true });
  }
}

export async function waitForLock(file, onWait) {
  for (let isTold = false; ; await wait(200)) {
    const lock = takeLock(file);
    if (lock.release) return lock;
    if (!isTold) {
      onWait(lock.holder);
      isTold = true;
    }
  }
}

/** Of several that see the same dead holder, one replaces it: the one that makes the marker and still finds it there. */
function takeOver(draft, file, stale) {
  const marker = `${file}.takeover`;
  if (!link(draft, marker)) {
    // Taking over lasts milliseconds; an old marker is that of a process killed in the middle.
    if (ageOf(marker) > TAKEOVER_MS) rmSync(marker, { force: true });
    return false;
  }
  try {
    if (read(file) !== stale) return false;
    renameSync(draft, file);
    return true;
  } finally {
    rmSync(marker, { force: true });
  }
}

/** Blocks: taking a lock is done before anything else runs, and lasts milliseconds. */
function pause(milliseconds) {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}

function livingHolder(content) {
  try {
    const { pid, identity } = JSON.parse(content);
    return identityOf(pid) === identity ? pid : null;
  } catch {
    return null;
  }
}

function link(from, to) {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
}

function read(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}

function ageOf(file) {
  try {
    return Date.now() - statSync(file).mtimeMs;
  } catch {
    return 0;
  }
}
