import { BOARD_ROUTES } from './router.js';
import type { Kind } from './scope-world.js';

/** Kinds of rows that a route may name, and the body that is right for it as far as it can be told without the row. */
export interface ByRow {
  of: ReadonlyArray<Kind | 'savedView'>;
  body?: object;
  /** Multipart, one file. */
  isUpload?: true;
}
/** Queries of a list; whatever they ask for, nothing out of scope may be in the answer. */
interface ByQuery {
  queries: readonly string[];
}

/**
 * What of the scope a route has to do with:
 * - `unscoped`: nobody who has a scope may call it;
 * - `common`: it reads what everyone whom the policy lets in may see whole;
 * - `own`: it is about the account that asks, or what that account has kept;
 * - `workbook`: it gives what is in scope as no text; a spec of its own looks into it;
 * - `writes`: it makes something new; rows that its body names are in the tests of references.
 */
export type ScopeOf = 'unscoped' | 'common' | 'own' | 'workbook' | 'writes' | ByRow | ByQuery;

const CASE = ['case', 'closedCase'] as const;
const PROBLEM = ['problem', 'problemOfProject', 'problemOfEnterprise'] as const;
const ENTERPRISE = ['enterprise'] as const;
const PROJECT = ['project'] as const;
const ANYONE = '0193a1b2-0000-7000-8000-00000000000a';

const TEXT = { text: '已联系' };
const PROBLEM_BODY = { title: '用气', category: 'energy', cause: 'government' };
const ANSWERABLE = { departmentId: ANYONE, officialId: ANYONE };

/** `q` finds by name, number and credit code; `name` is what everything out of scope is called. */
const searches = (name: string, more: readonly string[] = []): ByQuery => ({
  queries: ['', 'count=exact&limit=200', `q=${encodeURIComponent(name)}`, 'reportingUnit=610921', ...more],
});

/** Files of lists, as JSON, which can be looked into like an answer. */
const exported = (name: string): ByQuery => ({
  queries: [
    '',
    `q=${encodeURIComponent(name)}`,
    'reportingUnit=610921',
    'sort=-reportedAt',
    'overdue=false',
  ].map((query) => `format=json&${query}`),
});

/** Both kinds of subject have the same routes, but for what a case alone has. */
const subjectRoutes = (of: ByRow['of'], path: string): Record<string, ScopeOf> => {
  const actions: Record<string, object> = {
    assign: { ...ANSWERABLE, complexity: 'simple' },
    claim: { officialId: ANYONE },
    acknowledge: {},
    return: { ground: 'other', reason: '不属于' },
    reassign: { ...ANSWERABLE, reason: '改派' },
    hold: { ground: 'litigation', reviewOn: '2021-11-20' },
    resume: {},
    'request-closure': { outcome: 'explained', statement: '已解释', evidenceFileIds: [] },
    'approve-closure': {},
    'send-back': { reason: '证据不足' },
    reopen: { reason: '反弹', ...ANSWERABLE, dueOn: '2021-12-01' },
    reject: { reason: '不属实' },
    terminate: { ground: 'merged' },
    extensions: { dueOn: '2021-11-30', reason: '等待批复' },
    notes: TEXT,
  };
  const reads = ['', '/notes', '/ratings', '/files', '/timeline', '/assignments'];
  return {
    ...Object.fromEntries(reads.map((read) => [`GET ${path}${read}`, { of }])),
    ...Object.fromEntries(
      Object.entries(actions).map(([name, body]) => [`POST ${path}/${name}`, { of, body }]),
    ),
    [`POST ${path}/files`]: { of, isUpload: true },
    // Of those who have a scope for keys alone.
    [`POST ${path}/ratings`]: { of, body: { rating: 'dissatisfied', source: 'portal' } },
  };
};

/** Every route but the public ones, by name: the tests fail where one is missing, or is here and not in the router. */
export function scopeOfRoutes(foreign: string): Record<string, ScopeOf> {
  const bySubject = searches(foreign, [
    'sort=dueAt',
    'overdue=false',
    'status=assigned&status=in_progress&status=resolved',
  ]);
  return {
    ...subjectRoutes(CASE, '/cases/:id'),
    'PATCH /cases/:id': { of: CASE, body: { note: '改正' } },
    'GET /cases/:id/recovery': { of: CASE },
    'GET /cases/:id/problems': { of: CASE },
    'POST /cases/:id/problems': { of: CASE, body: PROBLEM_BODY },
    'GET /cases/:id/visits': { of: CASE },
    'POST /cases/:id/visits': {
      of: CASE,
      body: { visitedOn: '2021-10-29', place: '厂区', people: ['王思远'], findings: '停产' },
    },
    'GET /cases/:id/instructions': { of: CASE },
    'POST /cases/:id/instructions': { of: CASE, body: TEXT },
    'GET /cases/:id/plan': { of: ['case'] },
    'GET /cases/:id/plans': { of: CASE },
    'POST /cases/:id/plans': {
      of: CASE,
      body: { goal: '复产', measures: [{ what: '协调', departmentId: ANYONE, dueOn: '2021-12-01' }] },
    },
    'POST /instructions/:id/replies': { of: ['instruction'], body: TEXT },
    'POST /co-handlers/:id/opinion': { of: ['coHandler'], body: { opinion: '同意' } },
    'POST /extensions/:id/approve': 'unscoped',
    'POST /extensions/:id/refuse': 'unscoped',
    ...subjectRoutes(PROBLEM, '/problems/:id'),
    'GET /files/:id': { of: ['file', 'fileOfProblem'] },

    'GET /enterprises/:id': { of: ENTERPRISE },
    'POST /enterprises/:id/reveal-contact': { of: ENTERPRISE, body: { reason: '回访核实' } },
    'PATCH /enterprises/:id': { of: ENTERPRISE, body: { park: '高新园' } },
    'POST /enterprises/:id/problems': { of: ENTERPRISE, body: PROBLEM_BODY },
    'GET /enterprises/:id/pairings': { of: ENTERPRISE },
    'POST /enterprises/:id/pairings': 'unscoped',
    'POST /enterprises/:id/pairings/:pairingId/end': 'unscoped',
    'GET /enterprises/:id/production-reports': { of: ENTERPRISE },
    'GET /enterprises/:id/production-series': { of: ENTERPRISE },
    'GET /enterprises/:id/production-states': { of: ENTERPRISE },
    'GET /enterprises/:id/production-status': { of: ENTERPRISE },
    'POST /enterprises/:id/production-reports': {
      of: ENTERPRISE,
      body: { month: '2021-08', source: 'grid', electricity: 1 },
    },
    'GET /detection/candidates': {
      queries: ['', 'count=exact&limit=200', 'reportingUnit=610921', 'status=open&kind=relapse'],
    },
    'GET /detection/candidates/:id': { of: ['candidate'] },
    'POST /detection/candidates/:id/accept': { of: ['candidate'], body: { distressType: 'stalled' } },
    'POST /detection/candidates/:id/merge': { of: ['candidate'], body: { note: '同一情况' } },
    'POST /detection/candidates/:id/dismiss': { of: ['candidate'], body: { reason: '计划检修' } },
    'POST /detection/candidates/accept': 'writes',
    'POST /detection/candidates/dismiss': 'writes',
    'GET /recovery-follow-ups': { queries: ['', 'count=exact&limit=200', 'reportingUnit=610921'] },
    'GET /recovery-follow-ups/:id': { of: ['followUp'] },
    'POST /recovery-follow-ups/:id/record': { of: ['followUp'], body: { finding: 'holding' } },
    'GET /enterprises/:id/production-stops': { of: ENTERPRISE },
    'POST /enterprises/:id/production-stops': {
      of: ENTERPRISE,
      body: { kind: 'planned', fromMonth: '2021-08', reason: '检修' },
    },
    'POST /production-stops/:id/end': { of: ['productionStop'], body: { toMonth: '2021-08' } },
    'POST /production-stops/:id/withdraw': { of: ['productionStop'], body: { reason: '误报' } },
    'GET /enterprises/:id/unreported-months': { of: ENTERPRISE },
    'POST /enterprises/:id/unreported-months': {
      of: ENTERPRISE,
      body: { month: '2021-08', reason: 'unable' },
    },
    // Rows of enterprises out of scope are as unknown as absent ones: test/e2e/figures-in.spec.ts.
    'POST /production-reports': 'writes',
    'GET /production-queries': {
      queries: ['', 'count=exact&limit=200', 'status=open', 'reportingUnit=610921'],
    },
    'POST /production-queries/:id/confirm': { of: ['productionQuery'], body: { answer: '无误' } },
    'GET /projects/:id': { of: PROJECT },
    'PATCH /projects/:id': 'unscoped',
    'POST /projects/:id/stage': {
      of: PROJECT,
      body: { stage: 'signed', reachedOn: '2021-06-01', statement: '已签约', source: 'document' },
    },
    'GET /projects/:id/stages': { of: PROJECT },
    'POST /projects/:id/stages/:entryId/correct': 'unscoped',
    'POST /projects/:id/problems': { of: PROJECT, body: PROBLEM_BODY },
    'GET /projects/:id/pairings': { of: PROJECT },
    'POST /projects/:id/pairings': 'unscoped',
    'POST /projects/:id/pairings/:pairingId/end': 'unscoped',

    'GET /cases/export': exported(foreign),
    'GET /problems/export': exported(foreign),
    'GET /cases': bySubject,
    'GET /problems': bySubject,
    'GET /enterprises': searches(foreign, ['productionStatus=normal']),
    'GET /projects': searches(foreign),
    'GET /reopen-proposals': { queries: ['', 'limit=200'] },
    'GET /claim-pool': { queries: ['', 'limit=200'] },
    'POST /cases': 'writes',
    'POST /cases/bulk': 'writes',
    'POST /enterprises': 'writes',
    'POST /projects': 'unscoped',

    'GET /saved-views': 'own',
    'POST /saved-views': 'own',
    'GET /saved-views/:id': { of: ['savedView'] },
    'PATCH /saved-views/:id': { of: ['savedView'], body: { name: '改名' } },
    'DELETE /saved-views/:id': { of: ['savedView'] },

    // The organisation is known to all who work in it, and the weekly table is published to them.
    'GET /reporting-units': 'common',
    'GET /departments': 'common',
    'GET /departments/:id': 'common',
    'POST /departments': 'unscoped',
    'PATCH /departments/:id': 'unscoped',
    'GET /officials': 'common',
    'GET /officials/:id': 'common',
    'POST /officials': 'unscoped',
    'PATCH /officials/:id': 'unscoped',
    'GET /officials/:id/deputies': 'common',
    'POST /officials/:id/deputies': 'unscoped',
    'POST /officials/:id/deputies/:deputyId/cancel': 'unscoped',
    'POST /officials/:id/handover': 'unscoped',
    'GET /statistics/weekly/:week': 'common',
    'GET /statistics/overview': 'common',
    'GET /statistics/trend': 'common',
    'GET /campaigns': 'common',
    'GET /campaigns/:id': 'common',
    // Those of enterprises within the scope alone: in test/integration/target-sets.spec.ts.
    'GET /production-safety-flags': { queries: ['', 'limit=200', 'reportingUnit=610921'] },
    // Its enterprises within the scope: in test/integration/campaigns.spec.ts, since anybody may name the campaign.
    'GET /campaigns/:id/members': 'common',
    'POST /campaigns': 'unscoped',
    'PATCH /campaigns/:id': 'unscoped',
    'POST /campaigns/:id/members': 'unscoped',
    'DELETE /campaigns/:id/members/:memberId': 'unscoped',
    'GET /statistics/weekly/:week/export': 'common',
    'GET /statistics/circular-template': 'unscoped',
    'GET /statistics/circular-template/file': 'unscoped',
    'PUT /statistics/circular-template': 'unscoped',
    'DELETE /statistics/circular-template': 'unscoped',
    'GET /statistics/periods/:period/export': 'common',
    'POST /statistics/weekly/:week/prepare': 'unscoped',
    'POST /statistics/weekly/:week/publish': 'unscoped',
    'POST /statistics/weekly/:week/reissue': 'unscoped',
    'GET /statistics/issues': 'common',
    'GET /statistics/issues/:id': 'common',
    'GET /statistics/issues/:id/files/:format': 'common',
    'POST /statistics/issues/:id/withdraw': 'unscoped',
    'GET /statistics/bulletin-policy': 'unscoped',
    'POST /statistics/bulletin-policy': 'unscoped',
    'GET /statistics/periods/:period': 'common',
    'GET /statistics/periods/:period/lines': {
      queries: ['row=total&column=cumulativeAssigned', 'row=total&column=cumulativeAssigned&subject=problem'],
    },

    'GET /responsibility-lists': 'unscoped',
    'POST /responsibility-lists': 'unscoped',
    'GET /responsibility-lists/:id': 'unscoped',
    'PATCH /responsibility-lists/:id': 'unscoped',
    'POST /responsibility-lists/:id/editions': 'unscoped',
    'POST /responsibility-lists/:id/issue': 'unscoped',
    'GET /responsibility-lists/:id/items': 'unscoped',
    'POST /responsibility-lists/:id/items': 'unscoped',
    'DELETE /responsibility-lists/:id/items/:itemId': 'unscoped',
    'GET /data-defects': 'unscoped',
    'GET /ledger/export': 'workbook',
    'POST /imports': 'unscoped',
    'GET /imports/:id': 'unscoped',
    'GET /imports/:id/report.xlsx': 'unscoped',
    'GET /deliveries': 'unscoped',
    'GET /group-digests': 'unscoped',
    'GET /deliveries/counts': 'unscoped',
    'POST /deliveries/retry': 'unscoped',
    'POST /deliveries/:id/resolve': 'unscoped',
    'POST /deliveries/:id/acknowledge': 'own',
    'GET /own-deliveries': 'own',
    'POST /deliveries/:id/retry': 'unscoped',
    'GET /reminders': 'unscoped',
    'GET /cases/:id/reminders/explanation': 'unscoped',
    'GET /problems/:id/reminders/explanation': 'unscoped',
    'GET /production-policies': 'common',
    'GET /production-policies/current': 'common',
    'POST /production-policies/preview': 'unscoped',
    'POST /production-policies': 'unscoped',
    'GET /reminder-policies': 'unscoped',
    'GET /reminder-policies/current': 'unscoped',
    'POST /reminder-policies': 'unscoped',
    'POST /reminder-policies/preview': 'unscoped',
    'POST /reminder-policies/test-fire': 'unscoped',

    'POST /auth/logout': 'own',
    'POST /auth/logout-everywhere': 'own',
    'GET /auth/me': 'own',
    'GET /auth/me/notice-channels': 'own',
    'PUT /auth/me/notice-channels': 'own',
    'POST /auth/password': 'own',
    'GET /auth/sessions': 'own',
    'DELETE /auth/sessions/:id': 'own',
    'POST /auth/second-factor': 'own',
    'POST /auth/second-factor/confirm': 'own',
    'DELETE /auth/second-factor': 'own',
    'GET /accounts': 'unscoped',
    'PUT /accounts/:id/portal-link': 'unscoped',
    'GET /api-keys': 'unscoped',
    'POST /api-keys': 'unscoped',
    'GET /api-keys/:id': 'unscoped',
    'PATCH /api-keys/:id': 'unscoped',
    'POST /api-keys/:id/revoke': 'unscoped',
    'POST /api-keys/:id/rotate': 'unscoped',
    'POST /accounts': 'unscoped',
    'GET /accounts/:id': 'unscoped',
    'PATCH /accounts/:id': 'unscoped',
    'PUT /accounts/:id/role': 'unscoped',
    'POST /accounts/:id/reset-password': 'unscoped',
    'POST /accounts/:id/reset-second-factor': 'unscoped',
    'POST /accounts/:id/sign-out': 'unscoped',
    'POST /officials/:id/reveal-contact': 'unscoped',
    'GET /audit/events': 'unscoped',
    'GET /audit/anchors': 'unscoped',
    'GET /audit/verify': 'unscoped',
    'GET /webhooks': 'unscoped',
    'POST /webhooks': 'unscoped',
    'GET /webhooks/:id': 'unscoped',
    'PATCH /webhooks/:id': 'unscoped',
    'POST /webhooks/:id/rotate-secret': 'unscoped',
    'POST /webhooks/:id/test': 'unscoped',
    'POST /webhooks/:id/replay': 'unscoped',
    'GET /webhooks/:id/deliveries': 'unscoped',
    'GET /webhook-deliveries/:id': 'unscoped',
    'POST /webhook-deliveries/:id/retry': 'unscoped',
    'POST /queues/board-session': 'unscoped',
    ...Object.fromEntries(BOARD_ROUTES.map((route): [string, ScopeOf] => [route, 'unscoped'])),
  };
}
