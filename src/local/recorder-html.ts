import type { RecordedMail } from './mail-recorder.js';
import type { RecordedSms } from './sms-recorder.js';

export type Panel =
  | { kind: 'mails'; items: readonly RecordedMail[]; shown: number }
  | { kind: 'sms'; items: readonly RecordedSms[]; shown: number };

/** One page of recorded messages, newest first. */
export function messagePage(panels: readonly Panel[]): string {
  return `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>纾困 · 已录消息 · Recorded messages</title>
<style>${STYLE}</style>
</head>
<body>
<header><h1>纾困 Shukun</h1><nav><a href="/">全部 All</a> <a href="/mails">邮件 Mail</a> <a href="/sms">短信 SMS</a></nav></header>
<p class="note">本机录制，未真正发出。 Recorded on this machine; nothing was really sent.</p>
${panels.map((panel) => (panel.kind === 'mails' ? mailPanel(panel) : smsPanel(panel))).join('\n')}
</body>
</html>
`;
}

function mailPanel({ items, shown }: Extract<Panel, { kind: 'mails' }>): string {
  const rows = newest(items, shown).map(
    ([mail, index]) => `<details>
<summary><time>${localTime(mail.receivedAt)}</time><b>${escape(mail.subject)}</b><span>${escape(mail.to.join(', '))}</span></summary>
<dl><dt>发件人 From</dt><dd>${escape(mail.from)}</dd><dt>收件人 To</dt><dd>${escape(mail.to.join(', '))}</dd><dt>Message-ID</dt><dd>${escape(mail.messageId)}</dd></dl>
<iframe sandbox loading="lazy" title="${escape(mail.subject)}" src="/mails/${index}/html"></iframe>
</details>`,
  );
  return section('邮件 Mail', items.length, shown, rows);
}

function smsPanel({ items, shown }: Extract<Panel, { kind: 'sms' }>): string {
  const rows = newest(items, shown).map(
    ([sms]) => `<article><p>${escape(sms.text)}</p>
<footer><time>${localTime(sms.receivedAt)}</time><span>${escape(sms.to)}</span><span>${sms.text.length} 字 characters</span><span>${escape(sms.template)}</span></footer></article>`,
  );
  return section('短信 SMS', items.length, shown, rows);
}

function section(title: string, total: number, shown: number, rows: readonly string[]): string {
  const count = total > shown ? `${total}（显示最新 newest ${shown}）` : String(total);
  const body = rows.length > 0 ? rows.join('\n') : '<p class="note">还没有消息。 Nothing yet.</p>';
  return `<section><h2>${title} <small>${count}</small></h2>\n${body}\n</section>`;
}

/** The newest with their places in the list, by which the frame finds a mail's body. */
function newest<T>(items: readonly T[], shown: number): Array<[T, number]> {
  return items
    .map((item, index): [T, number] => [item, index])
    .slice(-shown)
    .toReversed();
}

function localTime(instant: string): string {
  return new Date(instant).toLocaleString('sv-SE');
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

const STYLE = `
:root { color-scheme: light dark; font: 15px/1.6 system-ui, "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", sans-serif; }
body { max-width: 60rem; margin: 0 auto; padding: 1rem; }
header { display: flex; gap: 1.5rem; align-items: baseline; flex-wrap: wrap; }
h1, h2 { margin: .5rem 0; } h1 { font-size: 1.3rem; } h2 { font-size: 1.1rem; } small, .note, time, footer { opacity: .7; }
nav a { margin-right: .75rem; }
details, article { border: 1px solid color-mix(in srgb, currentColor 25%, transparent); border-radius: .5rem; padding: .5rem .75rem; margin: .5rem 0; }
summary { display: flex; gap: 1rem; flex-wrap: wrap; cursor: pointer; } summary b { flex: 1 1 20rem; }
article p { margin: 0 0 .25rem; } footer { display: flex; gap: 1rem; flex-wrap: wrap; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 0 1rem; } dd { margin: 0; overflow-wrap: anywhere; }
iframe { width: 100%; height: 28rem; border: 1px solid #ccc; background: #fff; color-scheme: light; }
`;
