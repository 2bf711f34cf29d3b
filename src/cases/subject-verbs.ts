import { Injectable } from '@nestjs/common';
import { Acknowledge } from './verbs/acknowledge.js';
import { ApproveClosure } from './verbs/approve-closure.js';
import { Assign } from './verbs/assign.js';
import { Claim } from './verbs/claim.js';
import { Hold } from './verbs/hold.js';
import { Reassign } from './verbs/reassign.js';
import { Reject } from './verbs/reject.js';
import { Reopen } from './verbs/reopen.js';
import { RequestClosure } from './verbs/request-closure.js';
import { Resume } from './verbs/resume.js';
import { Return } from './verbs/return.js';
import { SendBack } from './verbs/send-back.js';
import { Terminate } from './verbs/terminate.js';

/** The verbs by which someone answers for a case or problem, by their names in paths. */
@Injectable()
export class WorkVerbs {
  constructor(
    readonly assign: Assign,
    readonly claim: Claim,
    readonly acknowledge: Acknowledge,
    readonly giveBack: Return,
    readonly reassign: Reassign,
    readonly hold: Hold,
    readonly resume: Resume,
  ) {}
}

/** The verbs by which it ends, and comes back. */
@Injectable()
export class ClosureVerbs {
  constructor(
    readonly requestClosure: RequestClosure,
    readonly approveClosure: ApproveClosure,
    readonly sendBack: SendBack,
    readonly reopen: Reopen,
    readonly reject: Reject,
    readonly terminate: Terminate,
  ) {}
}

/** What the module provides for them. */
export const VERBS = [
  Acknowledge,
  ApproveClosure,
  Assign,
  Claim,
  ClosureVerbs,
  Hold,
  Reassign,
  Reject,
  Reopen,
  RequestClosure,
  Resume,
  Return,
  SendBack,
  Terminate,
  WorkVerbs,
];
