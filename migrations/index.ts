import { CreateTheLedger1795420800000 } from './1795420800000-create-the-ledger.js';
import { AddHoldsAndExtensions1795424400000 } from './1795424400000-add-holds-and-extensions.js';
import { AddTheCaseFile1795424600000 } from './1795424600000-add-the-case-file.js';
import { AddIdempotencyKeys1795424700000 } from './1795424700000-add-idempotency-keys.js';
import { AddSavedViews1795424800000 } from './1795424800000-add-saved-views.js';
import { WidenPairings1795424900000 } from './1795424900000-widen-pairings.js';
import { AddDeputies1795425000000 } from './1795425000000-add-deputies.js';
import { AddResponsibilityLists1795425100000 } from './1795425100000-add-responsibility-lists.js';
import { AddProjects1795425200000 } from './1795425200000-add-projects.js';
import { CountImportAttempts1795425500000 } from './1795425500000-count-import-attempts.js';
import { IndexFragments1795425600000 } from './1795425600000-index-fragments.js';
import { IndexRemindersByState1795425610000 } from './1795425610000-index-reminders-by-state.js';
import { DateOfficialsAndReportingUnits1795425650000 } from './1795425650000-date-officials-and-reporting-units.js';
import { LetOneBePairedForEachDuty1795425700000 } from './1795425700000-let-one-be-paired-for-each-duty.js';
import { IndexOpenMeasures1795425710000 } from './1795425710000-index-open-measures.js';
import { PartTheAdministrators1795426000000 } from './1795426000000-part-the-administrators.js';
import { AdmitPortals1795426100000 } from './1795426100000-admit-portals.js';
import { SeparateDuties1795426200000 } from './1795426200000-separate-duties.js';
import { AddTheTrail1795426300000 } from './1795426300000-add-the-trail.js';
import { SealTelephoneNumbers1795426400000 } from './1795426400000-seal-telephone-numbers.js';
import { AddWebhooks1795426500000 } from './1795426500000-add-webhooks.js';
import { ReadEventsInOrder1795426600000 } from './1795426600000-read-events-in-order.js';
import { GiveEachClassItsLadder1795500100000 } from './1795500100000-give-each-class-its-ladder.js';
import { AddNotices1795500200000 } from './1795500200000-add-notices.js';
import { TakeReceipts1795500300000 } from './1795500300000-take-receipts.js';
import { GuardSending1795500400000 } from './1795500400000-guard-sending.js';
import { SeeDeliveries1795500500000 } from './1795500500000-see-deliveries.js';
import { KeepATally1795600100000 } from './1795600100000-keep-a-tally.js';
import { IssueTheBulletin1795600200000 } from './1795600200000-issue-the-bulletin.js';
import { KeepCircularTemplate1795600300000 } from './1795600300000-keep-circular-template.js';
import { AddCampaigns1795600500000 } from './1795600500000-add-campaigns.js';
import { JudgeProduction1795700100000 } from './1795700100000-judge-production.js';
import { TakeMoreFigures1795700200000 } from './1795700200000-take-more-figures.js';
import { ProposeCandidates1795700300000 } from './1795700300000-propose-candidates.js';
import { FollowTargets1795700400000 } from './1795700400000-follow-targets.js';
import { WriteToEnterprises1795700600000 } from './1795700600000-write-to-enterprises.js';

/** Every migration, oldest first. */
export const MIGRATIONS = [
  CreateTheLedger1795420800000,
  AddHoldsAndExtensions1795424400000,
  AddTheCaseFile1795424600000,
  AddIdempotencyKeys1795424700000,
  AddSavedViews1795424800000,
  WidenPairings1795424900000,
  AddDeputies1795425000000,
  AddResponsibilityLists1795425100000,
  AddProjects1795425200000,
  CountImportAttempts1795425500000,
  IndexFragments1795425600000,
  IndexRemindersByState1795425610000,
  DateOfficialsAndReportingUnits1795425650000,
  LetOneBePairedForEachDuty1795425700000,
  IndexOpenMeasures1795425710000,
  PartTheAdministrators1795426000000,
  AdmitPortals1795426100000,
  SeparateDuties1795426200000,
  AddTheTrail1795426300000,
  SealTelephoneNumbers1795426400000,
  AddWebhooks1795426500000,
  ReadEventsInOrder1795426600000,
  GiveEachClassItsLadder1795500100000,
  AddNotices1795500200000,
  TakeReceipts1795500300000,
  GuardSending1795500400000,
  SeeDeliveries1795500500000,
  KeepATally1795600100000,
  IssueTheBulletin1795600200000,
  KeepCircularTemplate1795600300000,
  AddCampaigns1795600500000,
  JudgeProduction1795700100000,
  TakeMoreFigures1795700200000,
  ProposeCandidates1795700300000,
  FollowTargets1795700400000,
  WriteToEnterprises1795700600000,
];
