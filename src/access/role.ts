export const ROLES = [
  'task_force',
  'department',
  'county',
  'leader',
  'auditor',
  'system_admin',
  'security_admin',
] as const;
export type Role = (typeof ROLES)[number];
