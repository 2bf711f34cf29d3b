import { Injectable } from '@nestjs/common';

@Injectable()
export class CampaignPace {
  at(_on: string): Promise<never[]> {
    return Promise.resolve([]);
  }
}
