import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import http from 'node:http';

export const DINGTALK_SECRET = 'SEC-only-for-tests';
/** DingTalk takes a signature for an hour. */
const GOOD_FOR_MS = 3_600_000;

/** `hang` never answers, `cut` drops the connection; what is taken is posted in both. */
export type RobotVerdict = 'post' | 'hang' | 'cut' | { status: number } | { errcode: number; errmsg: string };
type Name = 'wecom' | 'dingtalk';

/** Both group robots as their makers describe them, on loopback: what is posted is kept, what is not signed is refused. */
export class GroupRobots {
  readonly posted: Array<{ robot: Name; text: string }> = [];
  decide: (robot: Name) => RobotVerdict = () => 'post';
  private readonly server = http.createServer((request, response) => void this.hear(request, response));

  constructor(private readonly now: () => Date) {}

  static async start(now: () => Date): Promise<GroupRobots> {
    const made = new GroupRobots(now);
    made.server.listen(0, '127.0.0.1');
    await once(made.server, 'listening');
    return made;
  }

  urlOf(robot: Name): string {
    const query = robot === 'wecom' ? 'key=hunter2' : 'access_token=hunter2';
    return `http://127.0.0.1:${Object(this.server.address()).port}/${robot}?${query}`;
  }

  clear(): void {
    this.posted.length = 0;
    this.decide = () => 'post';
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  private async hear(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const url = new URL(request.url ?? '', 'http://robots');
    const robot: Name = url.pathname === '/wecom' ? 'wecom' : 'dingtalk';
    const { msgtype, markdown } = JSON.parse(Buffer.concat(chunks).toString());
    const text: string = robot === 'wecom' ? markdown.content : markdown.text;
    const answer = (status: number, body: object): void => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    };
    if (msgtype !== 'markdown' || Buffer.byteLength(text) > (robot === 'wecom' ? 4_096 : 20_000))
      return answer(200, { errcode: 40_058, errmsg: 'markdown.content exceed max length' });
    if (robot === 'dingtalk' && !this.isSigned(url))
      return answer(200, { errcode: 310_000, errmsg: 'sign not match' });
    const verdict = this.decide(robot);
    if (typeof verdict === 'object')
      return 'status' in verdict ? answer(verdict.status, {}) : answer(200, verdict);
    this.posted.push({ robot, text });
    if (verdict === 'cut') response.destroy();
    if (verdict === 'post') answer(200, { errcode: 0, errmsg: 'ok' });
  }

  /** As its page says: HmacSHA256 of the moment, a line break and the secret, with the secret; Base64; URL-encoded. */
  private isSigned(url: URL): boolean {
    const raw = /[?&]sign=([^&]*)/.exec(url.search)?.[1] ?? '';
    const timestamp = url.searchParams.get('timestamp') ?? '';
    const hash = createHmac('sha256', DINGTALK_SECRET);
    hash.update(`${timestamp}\n${DINGTALK_SECRET}`, 'utf8');
    const isFresh = Math.abs(Number(timestamp) - this.now().getTime()) < GOOD_FOR_MS;
    return isFresh && raw === encodeURIComponent(hash.digest('base64'));
  }
}
