import { Module, type OnModuleInit } from '@nestjs/common';
import { Clock } from '../clock/clock.js';
import { Tasks } from '../queue/tasks.js';
import { FileStore } from './file-store.js';

const TASK = 'forget-drafts';
const HOUR_MS = 60 * 60 * 1000;
const DRAFT_KEPT_MS = 24 * HOUR_MS;

/** Has the workers remove what killed uploads have left; it looks at the local disk, which API and workers share. */
@Module({})
export class FilesModule implements OnModuleInit {
  constructor(
    private readonly files: FileStore,
    private readonly clock: Clock,
    private readonly tasks: Tasks,
  ) {}

  onModuleInit(): void {
    this.tasks.handle(TASK, () =>
      this.files.forgetDrafts(new Date(this.clock.now().getTime() - DRAFT_KEPT_MS)),
    );
    this.tasks.every(TASK, HOUR_MS);
  }
}
