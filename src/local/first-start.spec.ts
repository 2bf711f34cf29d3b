import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { DataFolder, writeJson } from './data-folder.js';
import { loadState, saveState } from './first-start.js';

let data: DataFolder;
beforeEach(() => {
  data = new DataFolder(mkdtempSync(path.join(os.tmpdir(), 'shukun-state-')));
});
afterEach(() => rmSync(data.folder, { recursive: true }));

describe('the state of a data folder', () => {
  const ports = { postgres: 5001, redis: 5002, pages: 5003 };
  const earlier = { ports, example: 'loaded', isAdministratorMade: true };

  it('of a version with one administrator: he is told once more, and the other is to be made', () => {
    writeJson(data.stateFile, { ...earlier, administrator: { username: 'admin', password: 'one' } });
    const state = loadState(data);
    expect(state).toEqual({
      ...earlier,
      isAdministratorMade: false,
      administrators: [{ role: 'system_admin', username: 'admin', password: 'one' }],
    });
    saveState(data, { ...state, administrators: [] });
    expect(readFileSync(data.stateFile, 'utf8')).not.toContain('"administrator"');
    expect(loadState(data).administrators).toEqual([]);
  });

  it('of such a version that has told him', () => {
    writeJson(data.stateFile, { ...earlier, administrator: null });
    expect(loadState(data)).toEqual({ ...earlier, isAdministratorMade: false, administrators: [] });
  });

  it('is what was saved', () => {
    const state = { ...loadState(data), isAdministratorMade: true };
    saveState(data, state);
    expect(loadState(data)).toEqual(state);
  });

  it('that cannot be read is named', () => {
    writeFileSync(data.stateFile, '{');
    expect(() => loadState(data)).toThrow(data.stateFile);
  });
});
