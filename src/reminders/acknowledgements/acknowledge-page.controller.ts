import { Controller, Get, Param, Req, Res, UseFilters } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { SYSTEM } from '../../access/actor.js';
import { LimitsGuesses } from '../../access/sign-in-limit.guard.js';
import { OfficeTime } from '../../calendar/office-time.js';
import { Clock } from '../../platform/clock/clock.js';
import { AppConfig } from '../../platform/config/app-config.js';
import { Refusal } from '../../platform/errors/refusal.js';
import { Post } from '../../platform/http/idempotency/post.js';
import { Public } from '../../platform/http/public-route.js';
import { CHINESE, ENGLISH } from '../letter-texts.js';
import { AcknowledgeLinks } from './acknowledge-links.js';
import { AcknowledgeReminder } from './acknowledge-reminder.js';
import { type FormFault, readForm } from './acknowledge-form.js';
import { type Matter, Matters } from './matters.js';
import { mattersPage, type PageContent } from './page.js';
import { PageFilter } from './page.filter.js';
import { CHINESE_PAGE, ENGLISH_PAGE, type PageTexts } from './page-texts.js';
import { sendPage } from './send-page.js';

/**
 * The page behind the link of a reminder mail. Looking at it records nothing, for mail scanners follow links; only the
 * form does. Whoever has no good link is counted as who guesses a password.
 */
@Public()
@LimitsGuesses()
@UseFilters(PageFilter)
@ApiExcludeController()
@Controller('r')
export class AcknowledgePageController {
  constructor(
    private readonly links: AcknowledgeLinks,
    private readonly matters: Matters,
    private readonly answers: AcknowledgeReminder,
    private readonly office: OfficeTime,
    private readonly clock: Clock,
    private readonly config: AppConfig,
  ) {}

  @Get(':token')
  async show(@Param('token') token: string, @Res() reply: FastifyReply): Promise<void> {
    this.send(reply, 200, await this.linked(token));
  }

  @Post(':token')
  async answer(
    @Param('token') token: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const matters = await this.linked(token);
    const form = readForm(request.body, matters, this.answers.dates());
    if ('fault' in form) {
      this.send(reply, 400, matters, { isGood: false, text: this.faultText(form.fault) });
      return;
    }
    for (const matter of form.matters) await this.record(matter, form);
    this.send(reply, 200, await this.linked(token), { isGood: true, text: this.texts.thanks });
  }

  /** @throws Refusal 404 LINK_UNKNOWN, 410 LINK_EXPIRED or LINK_NOT_YOURS */
  private async linked(token: string): Promise<Matter[]> {
    const link = this.links.open(token, this.clock.now());
    if (link === undefined) throw new Refusal(404, 'LINK_UNKNOWN');
    if (link === 'expired') throw new Refusal(410, 'LINK_EXPIRED');
    const matters = await this.matters.ofMessage(link.messageId, link.officialId);
    if (matters.every(({ state }) => state === 'moved')) throw new Refusal(410, 'LINK_NOT_YOURS');
    // Of what has gone to somebody else nothing more is told.
    return matters.filter(({ state }) => state !== 'moved');
  }

  private async record(
    matter: Matter,
    { doneBy, note }: { doneBy: string; note: string | null },
  ): Promise<void> {
    try {
      await this.answers.run(SYSTEM, matter, { doneBy, note });
    } catch (error) {
      // Closed, or somebody else's, since it was looked up: the page shows it so.
      if (!(error instanceof Refusal) || (error.status !== 409 && error.status !== 404)) throw error;
    }
  }

  private get texts(): PageTexts {
    return this.config.locale === 'en' ? ENGLISH_PAGE : CHINESE_PAGE;
  }

  private faultText(fault: FormFault): string {
    const { first, last } = this.answers.dates();
    return fault === 'dateWrong' ? this.texts.dateWrong(first, last) : this.texts[fault];
  }

  private send(
    reply: FastifyReply,
    status: number,
    matters: readonly Matter[],
    notice?: NonNullable<PageContent['notice']>,
  ): void {
    const content = {
      matters,
      dueOn: matters.map(({ deadlineAt }) => this.office.dateOf(deadlineAt)),
      dates: this.answers.dates(),
      ...(notice === undefined ? {} : { notice }),
    };
    const rungs = this.config.locale === 'en' ? ENGLISH : CHINESE;
    sendPage(reply, status, mattersPage(content, rungs, this.texts));
  }
}
