import { Account } from './access/account.entity.js';
import { FormerPassword } from './access/former-password.entity.js';
import { RecoveryCode } from './access/second-factor/recovery-code.entity.js';
import { ApiKey } from './access/api-keys/api-key.entity.js';
import { Session } from './access/session.entity.js';
import { AuditEvent } from './audit/audit-event.entity.js';
import { ChainAnchor } from './audit/chain-anchor.entity.js';
import { TrailEnd } from './audit/trail-end.entity.js';
import { CalendarDay } from './calendar/calendar-day.entity.js';
import { Assignment } from './cases/assignment.entity.js';
import { CaseEvent } from './cases/case-event.entity.js';
import { CasePlan } from './cases/case-file/case-plan.entity.js';
import { InstructionReply } from './cases/case-file/instruction-reply.entity.js';
import { Instruction } from './cases/case-file/instruction.entity.js';
import { PlanMeasure } from './cases/case-file/plan-measure.entity.js';
import { Visit } from './cases/case-file/visit.entity.js';
import { CaseFile } from './cases/case-file.entity.js';
import { Case } from './cases/case.entity.js';
import { ClosureRequest } from './cases/closure-request.entity.js';
import { CoHandler } from './cases/co-handler.entity.js';
import { Extension } from './cases/extension.entity.js';
import { Problem } from './cases/problem.entity.js';
import { Rating } from './cases/rating.entity.js';
import { ResponsibilityListItem } from './cases/responsibility-lists/responsibility-list-item.entity.js';
import { ResponsibilityList } from './cases/responsibility-lists/responsibility-list.entity.js';
import { EnterpriseRevision } from './enterprises/enterprise-revision.entity.js';
import { Enterprise } from './enterprises/enterprise.entity.js';
import { Pairing } from './enterprises/pairing.entity.js';
import { ProjectStageEntry } from './enterprises/projects/project-stage.entity.js';
import { ProjectRevision } from './enterprises/projects/project-revision.entity.js';
import { Project } from './enterprises/projects/project.entity.js';
import { LedgerImport } from './intake/ledger-import.entity.js';
import { SmsSlot } from './notifications/cap/sms-slot.entity.js';
import { Delivery } from './notifications/delivery.entity.js';
import { Message } from './notifications/message.entity.js';
import { GroupDigest } from './notifications/robots/group-digest.entity.js';
import { Notice } from './notifications/notices/notice.entity.js';
import { DepartmentRevision } from './organization/department-revision.entity.js';
import { Department } from './organization/department.entity.js';
import { Deputy } from './organization/deputy.entity.js';
import { OfficialRevision } from './organization/official-revision.entity.js';
import { Official } from './organization/official.entity.js';
import { ReportingUnitRevision } from './organization/reporting-unit-revision.entity.js';
import { ReportingUnit } from './organization/reporting-unit.entity.js';
import { SavedView } from './cases/saved-views/saved-view.entity.js';
import { IdempotencyKey } from './platform/http/idempotency/idempotency-key.entity.js';
import { CampaignMember } from './production/campaigns/campaign-member.entity.js';
import { ProductionMilestoneTurn } from './production/campaigns/production-milestone.entity.js';
import { CampaignRevision } from './production/campaigns/campaign-revision.entity.js';
import { Campaign } from './production/campaigns/campaign.entity.js';
import { ProductionQuery } from './production/plausibility/production-query.entity.js';
import { PresentStatus } from './production/judging/present-status.entity.js';
import { ProductionState } from './production/judging/production-state.entity.js';
import { UnjudgedEnterprise } from './production/judging/unjudged-enterprise.entity.js';
import { ProductionPolicy } from './production/policies/production-policy.entity.js';
import { DistressCandidate } from './production/detection/candidate.entity.js';
import { RecoveryFollowUp } from './production/detection/follow-ups/follow-up.entity.js';
import { ProductionFigure } from './production/production-figure.entity.js';
import { ProductionStop } from './production/stops/production-stop.entity.js';
import { UnreportedMonth } from './production/unreported/unreported-month.entity.js';
import { Acknowledgement } from './reminders/acknowledgements/acknowledgement.entity.js';
import { EarlyReceipt } from './notifications/receipts/early-receipt.entity.js';
import { ReminderPolicy } from './reminders/reminder-policy.entity.js';
import { Reminder } from './reminders/reminder.entity.js';
import { BulletinIssue } from './statistics/bulletin/issue.entity.js';
import { BulletinPolicy } from './statistics/bulletin/bulletin-policy.entity.js';
import { CircularTemplate } from './statistics/circular/circular-template.entity.js';
import { TallyCell } from './statistics/tally/tally-cell.entity.js';
import { TallyLineRow } from './statistics/tally/tally-line.entity.js';
import { TallyProgress } from './statistics/tally/tally-progress.entity.js';
import { WebhookDelivery } from './webhooks/webhook-delivery.entity.js';
import { Webhook } from './webhooks/webhook.entity.js';

/** Every table. Listed rather than found by file names, so that a forgotten one is an error and not a surprise. */
export const ENTITIES = [
  Account,
  Acknowledgement,
  ApiKey,
  Assignment,
  AuditEvent,
  BulletinIssue,
  BulletinPolicy,
  CalendarDay,
  Campaign,
  CampaignMember,
  CampaignRevision,
  ProductionMilestoneTurn,
  Case,
  CaseEvent,
  CaseFile,
  CasePlan,
  ChainAnchor,
  CircularTemplate,
  ClosureRequest,
  CoHandler,
  Delivery,
  Department,
  DepartmentRevision,
  Deputy,
  EarlyReceipt,
  Enterprise,
  EnterpriseRevision,
  Extension,
  FormerPassword,
  GroupDigest,
  Instruction,
  InstructionReply,
  IdempotencyKey,
  LedgerImport,
  Message,
  Notice,
  Official,
  OfficialRevision,
  Pairing,
  PlanMeasure,
  PresentStatus,
  Problem,
  DistressCandidate,
  RecoveryFollowUp,
  ProductionFigure,
  ProductionQuery,
  ProductionStop,
  ProductionPolicy,
  ProductionState,
  Project,
  ProjectRevision,
  ProjectStageEntry,
  Rating,
  RecoveryCode,
  Reminder,
  ReminderPolicy,
  ReportingUnit,
  ReportingUnitRevision,
  ResponsibilityList,
  ResponsibilityListItem,
  SavedView,
  Session,
  SmsSlot,
  TallyCell,
  TallyLineRow,
  TallyProgress,
  TrailEnd,
  UnreportedMonth,
  UnjudgedEnterprise,
  Visit,
  Webhook,
  WebhookDelivery,
];
