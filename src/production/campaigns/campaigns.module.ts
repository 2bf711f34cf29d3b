import { Global, Module } from '@nestjs/common';
import { CalendarModule } from '../../calendar/calendar.module.js';
import { CampaignBook } from '../../cases/campaign-book.js';
import { CampaignMembers } from './campaign-members.js';
import { CampaignPace } from './campaign-pace.js';
import { CampaignRegister } from './campaign-register.js';
import { CampaignsController } from './campaigns.controller.js';
import { ChangeCampaigns } from './change-campaigns.js';
import { MemberCampaigns } from './member-campaigns.js';

/** Campaigns and their pace; global, for it is the other end of the port through which cases ask about them. */
@Global()
@Module({
  imports: [CalendarModule],
  controllers: [CampaignsController],
  providers: [
    CampaignMembers,
    CampaignPace,
    CampaignRegister,
    ChangeCampaigns,
    { provide: CampaignBook, useClass: MemberCampaigns },
  ],
  exports: [CampaignBook, CampaignMembers, CampaignPace, ChangeCampaigns],
})
export class CampaignsModule {}
