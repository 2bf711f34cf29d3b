import { Injectable } from '@nestjs/common';
import { AppConfig } from '../../platform/config/app-config.js';
import { CountFigures } from './count-figures.js';
import { CHINESE, ENGLISH, type GroupTexts } from './group-texts.js';
import { groupWording } from './group-wording.js';

/** Writes what groups are told, in the language of outgoing messages. */
@Injectable()
export class ComposeGroupDigest {
  private readonly texts: GroupTexts;

  constructor(
    private readonly figures: CountFigures,
    private readonly config: AppConfig,
  ) {
    this.texts = config.locale === 'en' ? ENGLISH : CHINESE;
  }

  get title(): string {
    return this.texts.title;
  }

  /** The same figures for each, in as many bytes as it takes. */
  async at(now: Date): Promise<(mostBytes: number) => string> {
    const figures = await this.figures.at(now);
    return (mostBytes) => groupWording(figures, this.config.publicUrl, this.texts, mostBytes);
  }
}
