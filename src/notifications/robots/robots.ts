import type { AppConfig } from '../../platform/config/app-config.js';
import { DingtalkRobot } from './dingtalk-robot.js';
import type { Robot } from './robot.js';
import { WecomRobot } from './wecom-robot.js';

/** The robots of the task force's groups: those that are configured. */
export class Robots {
  readonly all: readonly Robot[];

  constructor({ wecomRobotUrl, dingtalkRobot }: AppConfig) {
    this.all = [
      ...(wecomRobotUrl === null ? [] : [new WecomRobot(wecomRobotUrl)]),
      ...(dingtalkRobot === null ? [] : [new DingtalkRobot(dingtalkRobot.url, dingtalkRobot.secret)]),
    ];
  }
}
