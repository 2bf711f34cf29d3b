import { Global, Module } from '@nestjs/common';
import { CalendarModule } from '../../calendar/calendar.module.js';
import { JudgingModule } from '../judging/judging.module.js';
import { SafetyFlags } from '../safety-flags.js';
import { SafetyFlagsController } from '../safety-flags.controller.js';
import { CampaignBook } from '../../cases/campaign-book.js';
import { CampaignMembers } from './campaign-members.js';
import { CampaignPace } from './campaign-pace.js';
import { CampaignRegister } from './campaign-register.js';
import { CampaignsController } from './campaigns.controller.js';
import { ChangeCampaigns } from './change-campaigns.js';
import { MilestoneBook } from './milestone-book.js';
import { MemberCampaigns } from './member-campaigns.js';

/** Campaigns and their pace; global, for it is the other end of the port through which cases ask about them. */
@Global()
@Module({
  imports: [CalendarModule, JudgingModule],
  controllers: [CampaignsController, SafetyFlagsController],
  providers: [
    CampaignMembers,
    CampaignPace,
    CampaignRegister,
    ChangeCampaigns,
    MilestoneBook,
    SafetyFlags,
    { provide: CampaignBook, useClass: MemberCampaigns },
  ],
  exports: [CampaignBook, CampaignMembers, CampaignPace, ChangeCampaigns],
})
export class CampaignsModule {}
