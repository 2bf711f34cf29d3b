import { describe, expect, it } from '@jest/globals';
import { DingtalkRobot } from './dingtalk-robot.js';
import { robotOutcome } from './robot-outcome.js';
import { WecomRobot } from './wecom-robot.js';

const NOW = new Date('2021-11-08T09:00:00+08:00');
const wecom = new WecomRobot('https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=k');
const dingtalk = new DingtalkRobot(
  'https://oapi.dingtalk.com/robot/send?access_token=t',
  'SEC-only-for-tests',
);

describe('what a robot is sent', () => {
  it('WeCom: markdown, to the address with its key', () => {
    expect(wecom.request('title', '**1**')).toEqual({
      url: new URL('https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=k'),
      body: { msgtype: 'markdown', markdown: { content: '**1**' } },
    });
  });

  it('DingTalk: markdown with a title, signed', () => {
    const { url, body } = dingtalk.request('title', '**1**', NOW);
    expect(body).toEqual({ msgtype: 'markdown', markdown: { title: 'title', text: '**1**' } });
    expect(Object.fromEntries(url.searchParams)).toEqual({
      access_token: 't',
      timestamp: '1636333200000',
      // printf '1636333200000\nSEC-only-for-tests' | openssl dgst -sha256 -hmac SEC-only-for-tests -binary | base64
      sign: 'B10Ty/iCn4+kskOEMDn5d/KaS5UT4b4N4jG6k6DIkt4=',
    });
    expect(url.search).not.toMatch(/sign=[^&]*[+/]/);
  });
});

describe('what the answer of a robot means', () => {
  it.each([
    [wecom, 200, { errcode: 0, errmsg: 'ok' }, 'sent', 'OK'],
    [wecom, 200, { errcode: 45_009, errmsg: 'api freq out of limit' }, 'temporary', '45009'],
    [wecom, 200, { errcode: -1, errmsg: 'system busy' }, 'temporary', '-1'],
    [wecom, 200, { errcode: 93_000, errmsg: 'invalid webhook url' }, 'failed', '93000'],
    [wecom, 200, { errcode: 130_101, errmsg: 'of the other one' }, 'failed', '130101'],
    [dingtalk, 200, { errcode: 0, errmsg: 'ok' }, 'sent', 'OK'],
    [dingtalk, 200, { errcode: 130_101, errmsg: 'send too fast' }, 'temporary', '130101'],
    [dingtalk, 200, { errcode: 310_000, errmsg: 'sign not match' }, 'failed', '310000'],
    [dingtalk, 200, { errmsg: 'ok' }, 'unknown', 'ANSWER_UNREADABLE'],
    [dingtalk, 200, null, 'unknown', 'ANSWER_UNREADABLE'],
    [dingtalk, 302, null, 'failed', 'HTTP_302'],
    [dingtalk, 429, null, 'temporary', 'HTTP_429'],
    [dingtalk, 503, null, 'temporary', 'HTTP_503'],
    [dingtalk, 502, null, 'unknown', 'HTTP_502'],
    [dingtalk, 500, { errcode: 130_101 }, 'unknown', '130101'],
  ] as const)('%o %d %j: %s', (robot, status, answer, expected, gatewayCode) => {
    expect(robotOutcome(robot, status, answer)).toMatchObject({ status: expected, gatewayCode });
  });
});
