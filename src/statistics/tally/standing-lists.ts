import { Injectable } from '@nestjs/common';
import type { SubjectKind } from '../../cases/lifecycle/states.js';
import type { OverdueEntry, StandingCount } from '../export/weekly-report.js';

@Injectable()
export class StandingLists {
  standingCounts(_week: string, _asOf?: Date): Promise<StandingCount[]> {
    return Promise.resolve([]);
  }

  async *overdue(_week: string, _subject: SubjectKind, _asOf?: Date): AsyncGenerator<OverdueEntry[]> {
    yield await Promise.resolve([]);
  }
}
