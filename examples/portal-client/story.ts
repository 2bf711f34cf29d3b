// How a portal works a case through a client generated from the OpenAPI document:
//   npx openapi-typescript http://127.0.0.1:3000/api/openapi.json -o api.d.ts
import createClient from 'openapi-fetch';
import type { paths } from './api.js';

type Api = ReturnType<typeof createClient<paths>>;

/** A client of the API, signed in. */
export async function signIn(baseUrl: string, username: string, password: string): Promise<Api> {
  const api = createClient<paths>({ baseUrl });
  const { data, error } = await api.POST('/api/v1/auth/login', { body: { username, password } });
  if (data === undefined) throw new Error(`not signed in: ${error.code}`);
  api.use({
    onRequest({ request }) {
      request.headers.set('Authorization', `Bearer ${data.accessToken}`);
      return request;
    },
  });
  return api;
}

/** Reports a case and a problem of it; what is told of them is what the document says. */
export async function report(
  office: Api,
  enterpriseId: string,
): Promise<{ caseId: string; problemId: string }> {
  const { data: reported } = await office.POST('/api/v1/cases', {
    body: { enterpriseId, distressType: 'stalled' },
  });
  if (reported === undefined) throw new Error('the case was not reported');
  const { data: problem } = await office.POST('/api/v1/cases/{id}/problems', {
    params: { path: { id: reported.id } },
    body: { title: '厂区扩建用地指标未落实', category: 'land', cause: 'government' },
  });
  if (problem?.case?.id !== reported.id) throw new Error('the problem is not of the case');
  return { caseId: reported.id, problemId: problem.id };
}

/** A department finds what it may claim in the pool, and takes it. Answers the number and the deadline. */
export async function claim(
  department: Api,
  caseId: string,
  officialId: string,
): Promise<{ number: string; dueAt: string; refusedAgain: string }> {
  const { data: pool } = await department.GET('/api/v1/claim-pool', {
    params: { query: { kind: 'case', limit: 200 } },
  });
  const found = pool?.items.find(({ id }) => id === caseId);
  if (found === undefined || !found.allowedActions.includes('claim')) throw new Error('not in the pool');
  const params = { path: { id: caseId }, header: { 'If-Match': `"${found.version}"` } };
  const { data: claimed } = await department.POST('/api/v1/cases/{id}/claim', {
    params,
    body: { officialId },
  });
  if (claimed?.status !== 'in_progress' || claimed.assignment === null) throw new Error('it was not claimed');
  // Who acts on what has changed since is refused, by a code that the portal can go by.
  const { error } = await department.POST('/api/v1/cases/{id}/claim', { params, body: { officialId } });
  return { number: claimed.number, dueAt: claimed.assignment.dueAt, refusedAgain: error?.code ?? '' };
}
