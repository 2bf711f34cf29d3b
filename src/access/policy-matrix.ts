import { type Role, ROLES } from './role.js';

interface MatrixRule {
  summary: string;
  roles: readonly Role[];
  /** What a key of a machine portal must hold, where one may come here at all. */
  keyScope?: string;
}

/** Where the matrix lies, from the root of the repository. */
export const MATRIX_FILE = 'docs/security-policy.md';

const HEAD = `# Who may what

Made by \`npm run -s policy:matrix\` from \`src/access/policy.ts\`, the only place that says it; a test fails where the two differ.

A route names one permission (\`@Allow('cases.read')\`) or says that it is public; a route that does neither is refused to everyone, and so is a role that the permission does not name (403 \`FORBIDDEN\`). What a role may see and touch of what it is let in to is narrower: each list, lookup, count, search, export and file passes the scope of \`src/access/scope.ts\`, and what lies out of it is 404 as if it did not exist. Which party may take which step with a case or problem is in \`src/cases/lifecycle/transition-table.ts\`.

The three administrators (\`auditor\`, \`system_admin\`, \`security_admin\`; 三员分立) handle no case: they have no scope, and the database refuses to bind one of them to a department, an official or a reporting unit.
`;

/** The policy as a Markdown page: a row a permission, a column a role. */
export function policyMatrix(rules: Readonly<Record<string, MatrixRule>>): string {
  const rows = Object.entries(rules).map(([permission, { summary, roles, keyScope }]) => [
    `\`${permission}\``,
    ...ROLES.map((role) => (roles.includes(role) ? '✓' : '')),
    keyScope === undefined ? '' : `\`${keyScope}\``,
    summary,
  ]);
  const headings = ['permission', ...ROLES.map((role) => `\`${role}\``), 'API key with', 'what it opens'];
  const rule = headings.map((_, place) => (place > 0 && place <= ROLES.length ? ':-:' : '---'));
  const lines = [headings, rule, ...rows].map((cells) => `| ${cells.join(' | ')} |`);
  return `${HEAD}\n${lines.join('\n')}\n`;
}
