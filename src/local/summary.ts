import { existsSync, readFileSync, statSync } from 'node:fs';
import type { DataFolder } from './data-folder.js';
import type { Administrator, ExampleAccount } from './first-start.js';

/** `run.json`: where scripts find the running product. */
export interface RunFile {
  api: string;
  mail: string | null;
  sms: string | null;
  databaseUrl: string;
  redisUrl: string;
  accounts: ExampleAccount[];
}

/** What the first start did, as its command printed it; on later starts the same text with its date. */
export function firstStartText(data: DataFolder, isFirst: boolean): string {
  if (!existsSync(data.summaryFile)) return '';
  const text = readFileSync(data.summaryFile, 'utf8').trimEnd();
  const at = statSync(data.summaryFile).mtime.toLocaleString('sv-SE');
  return isFirst ? `\n${text}\n` : `\nFrom the first start · 首次启动时 ${at}\n${text}\n`;
}

export function whereToGo(run: RunFile, data: DataFolder, administrators: readonly Administrator[]): string {
  const lines = [
    '',
    'Shukun 纾困 is running · 已启动',
    `  API               ${run.api}/api/docs`,
    ...(run.mail ? [`  e-mails 邮件      ${run.mail}  (recorded, not really sent · 仅录制)`] : []),
    ...(run.sms ? [`  SMS 短信          ${run.sms}  (recorded, not really sent · 仅录制)`] : []),
    `  data 数据         ${data.folder}`,
    `  for scripts       ${data.runFile}`,
  ];
  if (run.accounts.length > 0) {
    lines.push('', '  example accounts 示例账号 (passwords also in run.json)');
    for (const { role, username, password } of run.accounts) {
      lines.push(`    ${role.padEnd(16)}${username.padEnd(24)}${password}`);
    }
  }
  if (administrators.length > 0) lines.push('');
  for (const { role, username, password } of administrators) {
    const title = role === 'security_admin' ? 'security administrator 安全管理员' : 'administrator 管理员';
    lines.push(`  ${title}   ${username}   ${password}   (shown only this once · 仅显示一次)`);
  }
  return lines.join('\n');
}
