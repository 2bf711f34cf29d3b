import { type ArgumentsHost, Catch, type ExceptionFilter, Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { AppConfig } from '../../platform/config/app-config.js';
import { textOf } from '../../platform/errors/message-text.js';
import { Refusal } from '../../platform/errors/refusal.js';
import { plainPage } from './page.js';
import { CHINESE_PAGE, ENGLISH_PAGE } from './page-texts.js';
import { sendPage } from './send-page.js';

/** Whoever follows a link reads pages, not problem documents. */
@Injectable()
@Catch(Refusal)
export class PageFilter implements ExceptionFilter {
  constructor(private readonly config: AppConfig) {}

  catch({ status, code, params, retryAfter }: Refusal, host: ArgumentsHost): void {
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const { locale } = this.config;
    if (retryAfter !== undefined) void reply.header('Retry-After', retryAfter);
    const texts = locale === 'en' ? ENGLISH_PAGE : CHINESE_PAGE;
    sendPage(reply, status, plainPage(texts, textOf(code, params, locale)));
  }
}
