import { createHmac } from 'node:crypto';
import type { Robot } from './robot.js';

/** 钉钉: open.dingtalk.com/document/robots/custom-robot-access, with the security setting 加签. */
export class DingtalkRobot implements Robot {
  readonly name = 'dingtalk';
  readonly mostBytes = 20_000;
  /** Busy · more than 20 messages a minute, by its old and its new name. */
  readonly comeAgain: ReadonlySet<number> = new Set([-1, 130_101, 410_100]);

  constructor(
    private readonly url: string,
    private readonly secret: string,
  ) {}

  /** The signature is of the moment in milliseconds, and good for an hour. */
  request(title: string, content: string, now: Date): { url: URL; body: unknown } {
    const timestamp = String(now.getTime());
    const sign = createHmac('sha256', this.secret).update(`${timestamp}\n${this.secret}`).digest('base64');
    const url = new URL(this.url);
    url.searchParams.set('timestamp', timestamp);
    url.searchParams.set('sign', sign);
    return { url, body: { msgtype: 'markdown', markdown: { title, text: content } } };
  }
}
