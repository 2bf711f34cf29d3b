import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { MailRecorder, RecordedMail } from './mail-recorder.js';
import { portOf } from './ports.js';
import { messagePage, type Panel } from './recorder-html.js';
import type { RecordedSms, SmsRecorder } from './sms-recorder.js';

/** How many of the newest a page or a JSON answer shows. */
const SHOWN = 500;

/**
 * Shows what the recorders hold: `/mails` and `/sms` are a page for a browser and JSON for everything else,
 * `/` both on one page, `/mails/{n}/html` the body of the n-th mail for the sandboxed frame.
 */
export class RecorderPages {
  readonly #server: Server;

  private constructor(
    private readonly mailRecorder: MailRecorder | null,
    private readonly smsRecorder: SmsRecorder | null,
  ) {
    this.#server = createServer((request, response) => this.#answer(request, response));
  }

  /** A recorder that is null (the real thing is in use) shows as an empty list. */
  static async start(mails: MailRecorder | null, sms: SmsRecorder | null, port = 0): Promise<RecorderPages> {
    const pages = new RecorderPages(mails, sms);
    pages.#server.listen(port, '127.0.0.1');
    await once(pages.#server, 'listening');
    return pages;
  }

  get port(): number {
    return portOf(this.#server.address());
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  async close(): Promise<void> {
    if (!this.#server.listening) return;
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.#server.closeAllConnections();
    await closed;
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    // A page elsewhere that points its name at 127.0.0.1 must not read the messages.
    const host = request.headers.host ?? '';
    if (host !== `127.0.0.1:${this.port}` && host !== `localhost:${this.port}`) {
      return send(response, 403, 'text/plain', 'This address answers to 127.0.0.1 and localhost only.');
    }
    const path = (request.url ?? '/').split('?')[0] ?? '/';
    const body = /^\/mails\/(\d{1,9})\/html$/.exec(path);
    if (request.method !== 'GET') return send(response, 405, 'text/plain', 'GET only');
    if (body) return this.#mailBody(Number(body[1]), response);
    if (path !== '/' && path !== '/mails' && path !== '/sms')
      return send(response, 404, 'text/plain', 'Not found');
    if (path !== '/' && !(request.headers.accept ?? '').includes('text/html')) {
      const items: readonly unknown[] = path === '/mails' ? this.#mailItems : this.#smsItems;
      const newest = items.slice(-SHOWN).toReversed();
      return send(response, 200, 'application/json', JSON.stringify({ items: newest, total: items.length }));
    }
    const panels: Panel[] = [];
    if (path !== '/sms') panels.push({ kind: 'mails', items: this.#mailItems, shown: SHOWN });
    if (path !== '/mails') panels.push({ kind: 'sms', items: this.#smsItems, shown: SHOWN });
    return send(response, 200, 'text/html', messagePage(panels));
  }

  get #mailItems(): readonly RecordedMail[] {
    return this.mailRecorder?.mails ?? [];
  }

  get #smsItems(): readonly RecordedSms[] {
    return this.smsRecorder?.messages ?? [];
  }

  #mailBody(index: number, response: ServerResponse): void {
    const mail = this.#mailItems[index];
    if (mail === undefined) return send(response, 404, 'text/plain', 'Not found');
    // A mail's own scripts, forms and remote pictures stay dead also when the frame's address is opened by itself.
    response.setHeader(
      'content-security-policy',
      "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:",
    );
    return mail.html === ''
      ? send(response, 200, 'text/plain', mail.text)
      : send(response, 200, 'text/html', mail.html);
  }
}

function send(response: ServerResponse, status: number, type: string, body: string): void {
  response
    .writeHead(status, {
      'content-type': `${type}; charset=utf-8`,
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    })
    .end(body);
}
