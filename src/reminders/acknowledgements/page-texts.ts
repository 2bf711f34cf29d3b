/** What the page behind a link says in one language. */
export interface PageTexts {
  language: string;
  title: string;
  intro: string;
  columns: [number: string, owner: string, rung: string, due: string, state: string];
  more: string;
  doneBy: string;
  note: string;
  send: string;
  thanks: string;
  nothingTicked: string;
  dateWrong(first: string, last: string): string;
  noteTooLong: string;
  nothingOpen: string;
  closed: string;
  notYet: string;
  said(doneBy: string, note: string | null): string;
  goesOn: string;
}

export const CHINESE_PAGE: PageTexts = {
  language: 'zh-CN',
  title: '提醒已阅回执',
  intro: '请勾选已阅的事项，填写预计办结日期后提交。',
  columns: ['编号', '企业（项目）', '事项', '时限', '回执'],
  more: '其余事项请登录平台查看。',
  doneBy: '预计办结日期',
  note: '说明（选填，200字以内，请勿填写个人信息）',
  send: '提交回执',
  thanks: '已记录。',
  nothingTicked: '请至少勾选一项。',
  dateWrong: (first, last) => `预计办结日期应在 ${first} 至 ${last} 之间。`,
  noteTooLong: '说明请控制在200字以内。',
  nothingOpen: '以上事项均已办结或终止，无需回执。',
  closed: '已办结或终止',
  notYet: '未回执',
  said: (doneBy, note) => `已阅，预计 ${doneBy} 前办结${note === null ? '' : `：${note}`}`,
  goesOn: '回执记入办理时间线，不影响办理时限和后续提醒。',
};

export const ENGLISH_PAGE: PageTexts = {
  language: 'en',
  title: 'Reminder seen',
  intro: 'Tick what you have seen and say by which date it will be done.',
  columns: ['Number', 'Enterprise or project', 'Matter', 'Due', 'Said'],
  more: 'The rest is shown on the platform.',
  doneBy: 'Will be done by',
  note: 'Note (optional, 200 characters at most; no personal data, please)',
  send: 'Send',
  thanks: 'Recorded.',
  nothingTicked: 'Tick one matter at least.',
  dateWrong: (first, last) => `The date must lie between ${first} and ${last}.`,
  noteTooLong: 'The note may have 200 characters at most.',
  nothingOpen: 'All of these are closed or ended; there is nothing to say any more.',
  closed: 'Closed or ended',
  notYet: 'Nothing yet',
  said: (doneBy, note) => `Seen; will be done by ${doneBy}${note === null ? '' : `: ${note}`}`,
  goesOn: 'This goes on the timeline; deadlines and further reminders stay as they are.',
};
