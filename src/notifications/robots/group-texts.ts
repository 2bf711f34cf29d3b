/** The words of the daily message to the group; numbers and names go in as they are. */
export interface GroupTexts {
  title: string;
  heading(month: number, day: number): string;
  dueToday(count: number): string;
  overdue(count: number, longest: number, five: number, ten: number): string;
  noneOverdue: string;
  assignOverdue(count: number): string;
  verifyOverdue(count: number): string;
  byDepartment(named: readonly string[], others: number): string;
  department(name: string, overdue: number): string;
  sent(month: number, day: number, channels: readonly string[]): string;
  channel(channel: 'email' | 'sms', sent: number, failed: number, unknown: number): string;
  nothingSent(month: number, day: number): string;
  vacant(count: number, named: readonly string[]): string;
  vacancy(name: string, duties: ReadonlyArray<'head' | 'liaison'>): string;
  link(url: string): string;
}

const CHINESE_DUTIES = { head: '负责人', liaison: '联络员' };
const CHINESE_CHANNELS = { email: '邮件', sms: '短信' };

export const CHINESE: GroupTexts = {
  title: '稳增长专班每日提醒',
  heading: (month, day) => `### 稳增长专班每日提醒（${month}月${day}日）`,
  dueToday: (count) => `- 今日到期：**${count}** 项`,
  overdue: (count, longest, five, ten) =>
    `- 已超期：**${count}** 项，最长${longest}个工作日；满5个工作日${five}项，满10个工作日${ten}项`,
  noneOverdue: '- 无超期事项',
  assignOverdue: (count) => `- 超时未交办：${count} 项`,
  verifyOverdue: (count) => `- 超时未核查：${count} 项`,
  byDepartment: (named, others) =>
    `- 超期按牵头单位：${named.join('、')}${others > 0 ? `，另有${others}个单位` : ''}`,
  department: (name, overdue) => `${name} ${overdue}`,
  sent: (month, day, channels) => `- ${month}月${day}日以来发送：${channels.join('；')}`,
  channel: (channel, sent, failed, unknown) =>
    `${CHINESE_CHANNELS[channel]}成功${sent}、失败${failed}、不明${unknown}`,
  nothingSent: (month, day) => `- ${month}月${day}日以来没有发送提醒`,
  vacant: (count, named) =>
    `- 岗位空缺：${count}个单位（${named.join('；')}${count > named.length ? '……' : ''}）`,
  vacancy: (name, duties) => `${name} ${duties.map((duty) => CHINESE_DUTIES[duty]).join('、')}`,
  link: (url) => `[登录平台办理](${url})`,
};

const plural = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'}`;

export const ENGLISH: GroupTexts = {
  title: 'Task force: daily reminder',
  heading: (month, day) => `### Task force: daily reminder (${day}/${month})`,
  dueToday: (count) => `- Due today: **${count}**`,
  overdue: (count, longest, five, ten) =>
    `- Overdue: **${count}**, the longest for ${plural(longest, 'working day')}; ${five} for five or more, ${ten} for ten or more`,
  noneOverdue: '- Nothing is overdue',
  assignOverdue: (count) => `- Not assigned in time: ${count}`,
  verifyOverdue: (count) => `- Not verified in time: ${count}`,
  byDepartment: (named, others) =>
    `- Overdue by lead department: ${named.join(', ')}${others > 0 ? `, and ${plural(others, 'other')}` : ''}`,
  department: (name, overdue) => `${name} ${overdue}`,
  sent: (month, day, channels) => `- Sent since ${day}/${month}: ${channels.join('; ')}`,
  channel: (channel, sent, failed, unknown) =>
    `${channel === 'sms' ? 'SMS' : 'e-mail'} ${sent} sent, ${failed} failed, ${unknown} unknown`,
  nothingSent: (month, day) => `- Nothing was sent since ${day}/${month}`,
  vacant: (count, named) =>
    `- Empty duties in ${plural(count, 'department')}: ${named.join('; ')}${count > named.length ? '…' : ''}`,
  vacancy: (name, duties) => `${name} (${duties.join(', ')})`,
  link: (url) => `[Open the platform](${url})`,
};
