import { describe, expect, it } from '@jest/globals';
import { DataFolder } from './data-folder.js';
import { whereToGo } from './summary.js';

const run = {
  api: 'http://127.0.0.1:3000',
  mail: null,
  sms: null,
  databaseUrl: 'postgresql://127.0.0.1/shukun',
  redisUrl: 'redis://127.0.0.1',
  accounts: [],
};
const said = (administrators: Parameters<typeof whereToGo>[2]): string[] =>
  whereToGo(run, new DataFolder('/data'), administrators).split('\n');

describe('the summary of a start', () => {
  it('tells the two first administrators in one block, each with its one-time password', () => {
    const lines = said([
      { role: 'system_admin', username: 'admin', password: 'one' },
      { role: 'security_admin', username: 'security', password: 'two' },
    ]);
    expect(lines.slice(-3)).toEqual([
      '',
      '  administrator 管理员   admin   one   (shown only this once · 仅显示一次)',
      '  security administrator 安全管理员   security   two   (shown only this once · 仅显示一次)',
    ]);
  });

  it('tells none of them again', () => {
    expect(said([]).join('\n')).not.toContain('administrator');
  });
});
