import { Controller, Delete, Get, Put, Query, Req, StreamableFile } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import type { AccountActor } from '../../access/actor.js';
import { Allow, CurrentActor } from '../../access/decorators.js';
import { withUpload } from '../../platform/http/multipart.js';
import { CircularTemplateView, TemplateQuery, viewOfTemplate } from './circular-template.dto.js';
import { CircularTemplates } from './circular-templates.js';

export const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

/** The Word template of the circular 通报, which the office edits. */
@ApiTags('statistics')
@Allow('circular_template.keep')
@Controller('statistics/circular-template')
export class CircularTemplateController {
  constructor(private readonly templates: CircularTemplates) {}

  @Get()
  @ApiOperation({ summary: 'Which template of the circular is in force' })
  @ApiOkResponse({ type: CircularTemplateView })
  async read(@Query() { lang = 'zh-CN' }: TemplateQuery): Promise<CircularTemplateView> {
    return viewOfTemplate(lang, await this.templates.inForce(lang));
  }

  @Get('file')
  @ApiOperation({ summary: 'The template in force as a Word file, to edit it' })
  @ApiOkResponse({ content: { [DOCX]: { schema: { type: 'string', format: 'binary' } } } })
  async file(@Query() { lang = 'zh-CN' }: TemplateQuery): Promise<StreamableFile> {
    const { bytes } = await this.templates.inForce(lang);
    return new StreamableFile(bytes, {
      type: DOCX,
      disposition: `attachment; filename="circular.${lang}.docx"`,
    });
  }

  @Put()
  @ApiOperation({
    summary: 'Replace the template by one of the office',
    description:
      'It is tried out on sample data first; variables that there are not are refused by name. The list of variables is in docs/exports.md.',
  })
  @ApiConsumes('multipart/form-data')
  @ApiBody({
    schema: {
      type: 'object',
      required: ['file'],
      properties: { file: { type: 'string', format: 'binary', description: 'A .docx of at most 2 MiB.' } },
    },
  })
  @ApiOkResponse({ type: CircularTemplateView })
  async replace(
    @CurrentActor() { accountId }: AccountActor,
    @Query() { lang = 'zh-CN' }: TemplateQuery,
    @Req() request: FastifyRequest,
  ): Promise<CircularTemplateView> {
    return withUpload(
      request,
      [],
      (content) => this.templates.receive(content),
      async ({ draft }) => {
        await this.templates.replace(accountId, lang, draft);
        return viewOfTemplate(lang, await this.templates.inForce(lang));
      },
    );
  }

  @Delete()
  @ApiOperation({ summary: 'Put the template that comes with the product in force again' })
  @ApiOkResponse({ type: CircularTemplateView })
  async restore(
    @CurrentActor() { accountId }: AccountActor,
    @Query() { lang = 'zh-CN' }: TemplateQuery,
  ): Promise<CircularTemplateView> {
    await this.templates.restore(accountId, lang);
    return viewOfTemplate(lang, await this.templates.inForce(lang));
  }
}
