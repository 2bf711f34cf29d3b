import type { ApiKeyScope } from './api-keys/api-key-scopes.js';
import { type Role, ROLES } from './role.js';

/** One right: who has it. What of it they may see and touch is for the scope, and for the lifecycle's table. */
export interface PermissionRule {
  /** One line, for the matrix in docs/security-policy.md. */
  summary: string;
  roles: readonly Role[];
  /** About the account that is asking: also for one that awaits its role, or has yet to enrol its second factor. */
  isOwn?: true;
  /** The scope that opens it to an API key, in the reporting units of the key; without one it is closed to keys. */
  keyScope?: ApiKeyScope;
}

const OFFICE: readonly Role[] = ['task_force'];
/** Who takes part in the work on a case; which of them may take which step is in the lifecycle's table. */
const HANDLERS: readonly Role[] = ['task_force', 'department', 'county'];
/** Who may see cases at all, each within the own scope. No administrator is among them (三员分立). */
const READERS: readonly Role[] = [...HANDLERS, 'leader'];
/** Who keeps the books of a territory: the office everywhere, a county in its own. */
const TERRITORY: readonly Role[] = ['task_force', 'county'];
const DEPARTMENT: readonly Role[] = ['department'];
const ORGANIZERS: readonly Role[] = ['task_force', 'system_admin'];

const RULES = {
  // The account itself, and accounts.
  'own_account.use': {
    roles: ROLES,
    isOwn: true,
    summary: 'Who am I, another password, the second factor, sessions, sign out; without a role too',
  },
  'accounts.read': { roles: ['system_admin', 'security_admin'], summary: 'Accounts with role and binding' },
  'accounts.change': {
    roles: ['system_admin'],
    summary: 'Make, activate, deactivate accounts, give a new one-time password; nothing about roles',
  },
  'accounts.sign_out': { roles: ['system_admin', 'security_admin'], summary: 'Sign somebody out everywhere' },
  'roles.give': { roles: ['security_admin'], summary: 'Give an account its role and binding, or take them' },
  'second_factors.reset': {
    roles: ['security_admin'],
    summary: 'Take away the second factor of somebody who has lost it',
  },

  'accounts.link': { roles: ['security_admin'], summary: 'Open an account to a person of the OIDC issuer' },
  'api_keys.read': {
    roles: ['system_admin', 'security_admin'],
    summary: 'Keys of portals, without their secrets',
  },
  'api_keys.keep': { roles: ['security_admin'], summary: 'Make, change, rotate and revoke keys of portals' },

  // The organisation.
  'reporting_units.read': {
    roles: [...READERS, 'system_admin', 'security_admin'],
    keyScope: 'enterprises.read',
    summary: 'Rows of the weekly table',
  },
  'organization.read': {
    // Who gives roles binds them to what is found here.
    roles: [...READERS, 'system_admin', 'security_admin'],
    summary: 'Departments, officials and who deputises for whom',
  },
  'organization.change': { roles: ORGANIZERS, summary: 'Add and change departments and officials' },
  'officials.reveal_contact': {
    roles: OFFICE,
    summary:
      'See mobile and e-mail of an official in full, for a reason that is recorded; find who has a number',
  },
  'deputies.change': { roles: OFFICE, summary: 'Let one official deputise for another' },
  'officials.hand_over': { roles: OFFICE, summary: 'Hand over what hangs on an official' },

  // The register.
  'enterprises.read': {
    roles: READERS,
    keyScope: 'enterprises.read',
    summary: 'Enterprises and who is paired to them',
  },
  'enterprises.change': { roles: TERRITORY, summary: 'Add and change enterprises' },
  'enterprises.reveal_contact': {
    roles: TERRITORY,
    summary:
      'See telephone number and e-mail of an enterprise’s contact in full, for a reason that is recorded; find whose number it is',
  },
  'enterprises.pair': { roles: OFFICE, summary: 'Pair leaders and officials with enterprises 包联' },
  'projects.read': { roles: READERS, summary: 'Projects and who is paired to them' },
  'projects.change': { roles: OFFICE, summary: 'Add and change projects' },
  'projects.move': {
    roles: TERRITORY,
    summary: 'Enter that a project reached a stage 签约、在建、竣工、投产',
  },
  'projects.pair': { roles: OFFICE, summary: 'Pair leaders and officials with projects 包联' },
  'production.read': { roles: READERS, keyScope: 'production.report', summary: 'Monthly production figures' },
  'production.report': {
    roles: HANDLERS,
    keyScope: 'production.report',
    summary:
      'Report monthly figures, one or many; say why a month was not reported; answer questions about figures. A department for enterprises of which it leads, or last led, a case',
  },
  'production.keep_stops': { roles: TERRITORY, summary: 'Announce, end and withdraw planned stops' },
  'production_policies.read': { roles: READERS, summary: 'The parameters by which figures are judged' },
  'production_policies.change': { roles: OFFICE, summary: 'Save other parameters; all are judged anew' },
  'campaigns.read': {
    roles: READERS,
    keyScope: 'statistics.read',
    summary: 'Campaigns 专项行动 and their pace, which are published to all of them',
  },
  'campaigns.keep': { roles: OFFICE, summary: 'Begin, change and end campaigns; who belongs to them' },
  'candidates.read': {
    roles: READERS,
    keyScope: 'cases.read',
    summary: 'Candidates that detection found, of the enterprises in their scope',
  },
  'candidates.decide': {
    roles: TERRITORY,
    summary: 'Accept, merge and dismiss candidates; a county those of new distress in its territory',
  },
  'follow_ups.read': { roles: READERS, summary: 'Follow-ups 回访 after closures as recovered' },
  'follow_ups.record': {
    roles: HANDLERS,
    summary: 'Record what a follow-up found, each of the cases that they work',
  },

  // Cases and problems.
  'cases.read': { roles: READERS, keyScope: 'cases.read', summary: 'Cases: lists, counts, search, one' },
  'cases.export': { roles: READERS, keyScope: 'cases.read', summary: 'The list of cases as a file' },
  'cases.report': { roles: TERRITORY, keyScope: 'cases.report', summary: 'Report a case 上报' },
  'cases.change': { roles: TERRITORY, summary: 'Mend what a case says of the enterprise' },
  'cases.act': { roles: HANDLERS, summary: 'Steps of the lifecycle of a case, each by its own party' },
  'cases.act_in_bulk': { roles: HANDLERS, summary: 'The same step for many cases' },
  'problems.read': {
    roles: READERS,
    keyScope: 'problems.read',
    summary: 'Problems: lists, counts, search, one',
  },
  'problems.export': {
    roles: READERS,
    keyScope: 'problems.read',
    summary: 'The list of problems as a file',
  },
  'problems.report': {
    roles: TERRITORY,
    keyScope: 'problems.report',
    summary: 'Add a problem to a case, an enterprise or a project',
  },
  'problems.act': { roles: HANDLERS, summary: 'Steps of the lifecycle of a problem, each by its own party' },
  'extensions.request': { roles: DEPARTMENT, summary: 'Ask for more time 延期' },
  'extensions.decide': { roles: OFFICE, summary: 'Give or refuse more time; never the requester' },
  'claim_pool.read': { roles: HANDLERS, summary: 'What waits to be claimed 认领' },
  'responsibility_lists.keep': { roles: OFFICE, summary: 'Draft, issue and read responsibility lists' },
  'data_defects.read': { roles: OFFICE, summary: 'What is missing or wrong in the books' },
  'saved_views.use': { roles: READERS, summary: 'Filters that are kept by name, each one’s own' },

  // What lies in the file of a case.
  'case_file.read': { roles: READERS, summary: 'Notes, visits, plans, instructions, ratings' },
  'notes.write': { roles: HANDLERS, summary: 'Note progress' },
  'visits.write': { roles: HANDLERS, summary: 'Record a visit to the enterprise' },
  'plans.write': {
    roles: ['task_force', 'department'],
    summary: 'Write the next version of the plan 一企一策',
  },
  'instructions.leave': { roles: ['task_force', 'leader'], summary: 'Leave an instruction 批示' },
  'instructions.answer': { roles: DEPARTMENT, summary: 'Answer an instruction, as the lead department' },
  'opinions.give': { roles: DEPARTMENT, summary: 'Give the opinion of a co-handling department' },
  'ratings.record': {
    roles: OFFICE,
    keyScope: 'ratings.write',
    summary: 'Record the opinion of the enterprise 企业评价',
  },
  'files.read': { roles: READERS, summary: 'Files: lists, content' },
  'files.add': { roles: HANDLERS, keyScope: 'files.write', summary: 'Add evidence and other files' },
  'timeline.read': { roles: READERS, summary: 'What happened, and every assignment' },

  // Intake, reminders, figures.
  'imports.run': { roles: OFFICE, summary: 'Take ledgers in; their reports' },
  'ledger.export': {
    roles: READERS,
    summary:
      'What they may see as a ledger, which can be taken in again; numbers in full for who may reveal them',
  },
  'reminders.read': { roles: OFFICE, summary: 'Reminders and the policies of the ladder' },
  'reminder_policies.change': { roles: OFFICE, summary: 'Preview and save another ladder of reminders' },
  'deliveries.read': { roles: OFFICE, summary: 'What was sent to whom, and what became of it' },
  'deliveries.retry': { roles: OFFICE, summary: 'Send failed deliveries again' },
  'deliveries.resolve': {
    roles: OFFICE,
    summary: 'Say what became of a delivery that nobody knew the end of, for a reason that is recorded',
  },
  'own_deliveries.use': {
    roles: READERS,
    summary: 'What was sent to the official of the account; say by when it will be done',
  },
  'statistics.read': {
    roles: READERS,
    keyScope: 'statistics.read',
    summary: 'The weekly table, front page and trend, which are published to all of them',
  },
  'statistics.lines': {
    roles: READERS,
    keyScope: 'statistics.read',
    summary: 'The lines behind a figure, of the cases and problems in their scope',
  },
  'statistics.export': { roles: READERS, keyScope: 'statistics.read', summary: 'The weekly table as a file' },
  'circular_template.keep': {
    roles: OFFICE,
    summary: 'Read, replace and restore the Word template of the circular 通报',
  },

  'statistics.publish': {
    roles: OFFICE,
    summary: 'Prepare, approve, withdraw and re-issue the weekly bulletin; its schedule and subscribers',
  },

  // Portals.
  'webhooks.keep': {
    roles: ['system_admin'],
    summary: 'Tell portals of events: addresses, secrets, deliveries, replays',
  },

  'queues.read': { roles: ['system_admin'], summary: 'The board of the wake-up queue, to look at' },

  // The auditor reads what was done, and nothing that it was done to.
  'audit.read': { roles: ['auditor'], summary: 'The trail, the anchors; verify both' },
} satisfies Record<string, PermissionRule>;

export type Permission = keyof typeof RULES;

/** Who may what, by role: the only place that says so. A permission that is not here cannot be named by a route. */
export const POLICY: Readonly<Record<Permission, PermissionRule>> = RULES;
