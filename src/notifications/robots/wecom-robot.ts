import type { Robot } from './robot.js';

/** 企业微信: developer.work.weixin.qq.com/document/path/91770. The key in the address is all that it asks for. */
export class WecomRobot implements Robot {
  readonly name = 'wecom';
  readonly mostBytes = 4_096;
  /** Busy · more than 20 messages a minute · too many at once. */
  readonly comeAgain: ReadonlySet<number> = new Set([-1, 45_009, 45_033]);

  constructor(private readonly url: string) {}

  request(_title: string, content: string): { url: URL; body: unknown } {
    return { url: new URL(this.url), body: { msgtype: 'markdown', markdown: { content } } };
  }
}
