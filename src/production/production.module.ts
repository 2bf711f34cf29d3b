import { Module } from '@nestjs/common';
import { CampaignsModule } from './campaigns/campaigns.module.js';
import { FiguresModule } from './figures/figures.module.js';

/** Monthly figures of enterprises, and campaigns. */
@Module({ imports: [CampaignsModule, FiguresModule] })
export class ProductionModule {}
