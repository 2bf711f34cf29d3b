import { Module, type OnModuleInit } from '@nestjs/common';
import { CalendarModule } from '../../calendar/calendar.module.js';
import { AppConfig } from '../../platform/config/app-config.js';
import { NewestFirstReader } from '../../platform/http/newest-first.js';
import { Tasks } from '../../platform/queue/tasks.js';
import { ComposeGroupDigest } from './compose-group-digest.js';
import { CountFigures } from './count-figures.js';
import { GroupDigestsController } from './group-digests.controller.js';
import { GroupDigests } from './group-digests.repository.js';
import { PostToRobot } from './post-to-robot.js';
import { Robots } from './robots.js';
import { TellGroups } from './tell-groups.js';

const TELL_EVERY_MS = 2_000;

/** The daily message to the task force's groups. */
@Module({
  imports: [CalendarModule],
  controllers: [GroupDigestsController],
  providers: [
    ComposeGroupDigest,
    CountFigures,
    GroupDigests,
    NewestFirstReader,
    PostToRobot,
    TellGroups,
    { provide: Robots, inject: [AppConfig], useFactory: (config: AppConfig) => new Robots(config) },
  ],
})
export class RobotsModule implements OnModuleInit {
  constructor(
    private readonly tasks: Tasks,
    private readonly groups: TellGroups,
  ) {}

  onModuleInit(): void {
    this.tasks.handle('tell-groups', () => this.groups.run());
    this.tasks.every('tell-groups', TELL_EVERY_MS);
  }
}
