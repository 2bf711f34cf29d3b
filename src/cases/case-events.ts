import type { Cause, Complexity, DistressType, Outcome, ProblemCategory } from './lifecycle/states.js';

/** Who did it: a person, the key of a portal, a ledger that was taken in, the clock. */
export const ACTOR_KINDS = ['account', 'api_key', 'import', 'system'] as const;
export type ActorKind = (typeof ACTOR_KINDS)[number];

/** Facts of an assignment, as every event that makes one carries them. Instants are RFC 3339 in UTC. */
export interface AssignmentFacts {
  assignmentId: string;
  departmentId: string;
  officialId: string;
  dayZeroOn: string;
  acknowledgeBy: string;
  dueAt: string;
  deadlineVersion: number;
  complexity: Complexity | null;
}

/** Facts of a deadline set anew. */
export interface DeadlineFacts {
  assignmentId: string;
  dueAt: string;
  deadlineVersion: number;
}

/** A co-handler's deadline set anew. */
export interface CoHandlerDeadline {
  coHandlerId: string;
  dueAt: string;
  deadlineVersion: number;
}

/** Facts of clocks that stood still and run again; of co-handlers those whose deadline moved. */
export interface RestartFacts extends DeadlineFacts {
  coHandlers?: CoHandlerDeadline[];
}

/** What of detection a person acted on: what was judged, by which rule, from which months and figures. */
export interface CandidateFacts {
  candidateId: string;
  candidateKind: 'new_distress' | 'worsening' | 'suspected' | 'relapse';
  productionStatus: string;
  rule: string;
  months: string[];
  facts: Record<string, unknown>;
  policyVersion: number;
}

/** A milestone of production, the month whose figures turned it, and what the rule saw in them. */
export interface MilestoneFacts {
  milestone: string;
  month: string;
  facts: Record<string, unknown>;
  policyVersion: number;
}

/** What each type of event says. Timeline, audit and statistics are read from these and nothing else. */
export interface CaseEventPayloads {
  reported: {
    number: string;
    /** Unless it is a problem of a project, which is named instead. */
    enterpriseId?: string;
    projectId?: string;
    reportingUnitId: string;
    assignBy: string;
    /** Cases only. */
    distressType?: DistressType;
    /** Problems only. */
    category?: ProblemCategory;
    cause?: Cause | null;
    /** The case of a problem that has one. */
    caseId?: string;
    /** The responsibility list that a problem came from, and the end of its claim window. */
    responsibilityListId?: string;
    claimUntil?: string;
    /** What of detection a case was opened upon. */
    candidate?: CandidateFacts;
  };
  rejected: { reason: string };
  assigned: AssignmentFacts;
  /** Sign-for counts as done at the same moment. */
  claimed: AssignmentFacts;
  acknowledged: { assignmentId: string; note: string | null };
  returned: { assignmentId: string; ground: string; reason: string; assignBy: string };
  reassigned: AssignmentFacts & { supersededAssignmentId: string; reason: string };
  closure_requested: {
    assignmentId: string;
    closureRequestId: string;
    outcome: Outcome;
    evidenceFileIds: string[];
    verifyBy: string;
  };
  /** `requestedAt`: when the approved request came; `null` for an imported closure, which counts by its own date. */
  resolved: {
    assignmentId: string;
    closureRequestId: string | null;
    outcome: Outcome;
    requestedAt: string | null;
  };
  sent_back: RestartFacts & { closureRequestId: string; reason: string };
  held: { assignmentId: string; ground: string; reviewOn: string; reason: string | null };
  resumed: RestartFacts & { isByReviewDate: boolean; note: string | null };
  reopened: AssignmentFacts & { reason: string; candidate?: CandidateFacts };
  terminated: { ground: string; reason: string | null };
  extension_requested: { assignmentId: string; extensionId: string; dueAt: string; reason: string };
  extension_approved: DeadlineFacts & { extensionId: string };
  extension_refused: { assignmentId: string; extensionId: string; reason: string };
  /** The calendar of a year was loaded and moved a provisional deadline. */
  deadline_recomputed: DeadlineFacts;
  /** What the case says of the distress was corrected; only what changed is named. */
  corrected: { distressType?: DistressType; note?: string | null; candidate?: CandidateFacts };
  note_added: { text: string; fileIds?: string[] };
  file_added: { fileId: string; kind: string; source: string; sha256: string };
  rated: { rating: string; source: string };
  /** Another official of the department answers for it, or, with `coHandlerId`, co-handles it. Clocks go on. */
  handed_over: {
    assignmentId: string;
    coHandlerId: string | null;
    fromOfficialId: string;
    toOfficialId: string;
  };
  /** The enterprise was not satisfied with the closure (`rating`), or production has fallen again since (`cause`). */
  reopen_proposed: {
    ratingId?: string;
    rating?: string;
    cause?: 'relapse';
    candidate?: CandidateFacts;
  };
  /** `handedOver`: the same plan, its open measures of one official another's. */
  plan_saved: {
    planId: string;
    planVersion: number;
    measures: number;
    handedOver?: { fromOfficialId: string; toOfficialId: string };
  };
  /** `problemIds`: what was found and put on the responsibility list at once. */
  visit_recorded: { visitId: string; visitedOn: string; place: string; problemIds: string[] };
  /** 批示; `officialId` is the leader's, `null` where the task force left it. */
  instruction_left: {
    instructionId: string;
    officialId: string | null;
    text: string;
    replyBy: string | null;
  };
  instruction_answered: { instructionId: string; text: string };
  /** A recipient of a reminder says that it was seen, and by which date it will be done. The clocks go on. */
  reminder_acknowledged: {
    reminderId: string;
    rung: string;
    officialId: string;
    doneBy: string;
    note: string | null;
  };
  /** The co-handling department's opinion ends its clock. */
  opinion_given: { assignmentId: string; coHandlerId: string; departmentId: string; opinion: string };
  /** Production reached a milestone since the case was reported or last reopened, or no longer stands at it. */
  milestone_reached: MilestoneFacts;
  milestone_lost: MilestoneFacts;
  /** What detection found is known by this case: put into its story with its evidence. */
  candidate_merged: CandidateFacts & { note: string | null };
  /** What was found so many days after a closure as recovered. */
  follow_up_recorded: {
    followUpId: string;
    afterDays: number;
    finding: 'holding' | 'falling' | 'stopped';
    note: string | null;
    fileIds?: string[];
  };
}

export type CaseEventType = keyof CaseEventPayloads;
