import { Body, Controller, Get, Put } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Allow, CurrentAccountId } from '../access/decorators.js';
import { NoticeChannelsBody, NoticeChannelsView } from './own-notice-channels.dto.js';
import { OwnNoticeChannels } from './own-notice-channels.js';

@ApiTags('auth')
@Allow('own_account.use')
@Controller('auth/me/notice-channels')
export class OwnNoticeChannelsController {
  constructor(private readonly own: OwnNoticeChannels) {}

  @Get()
  @ApiOperation({ summary: 'By which channels the official of the account is told what is left to choose.' })
  @ApiOkResponse({ type: NoticeChannelsView })
  get(@CurrentAccountId() accountId: string): Promise<NoticeChannelsView> {
    return this.own.get(accountId);
  }

  @Put()
  @ApiOperation({ summary: 'Choose them; reminders of the ladder are not affected.' })
  @ApiOkResponse({ type: NoticeChannelsView })
  set(
    @CurrentAccountId() accountId: string,
    @Body() { channels }: NoticeChannelsBody,
  ): Promise<NoticeChannelsView> {
    return this.own.set(accountId, channels);
  }
}
