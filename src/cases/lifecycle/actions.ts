export const ACTIONS = [
  'report',
  'reject',
  'assign',
  'claim',
  'acknowledge',
  'return',
  'reassign',
  'request_closure',
  'approve_closure',
  'send_back',
  'hold',
  'resume',
  'reopen',
  'terminate',
] as const;
export type Action = (typeof ACTIONS)[number];

export const RETURN_GROUNDS = [
  'not_our_remit',
  'wrong_department',
  'duplicate',
  'facts_wrong',
  'other',
] as const;
export const HOLD_GROUNDS = [
  'law_or_policy',
  'litigation',
  'higher_level_decision',
  'third_party',
  'enterprise_request',
] as const;
export const TERMINATE_GROUNDS = [
  'deregistered',
  'bankrupt',
  'relocated',
  'merged',
  'duplicate',
  'entered_in_error',
] as const;
