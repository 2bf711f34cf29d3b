import { applyDecorators, HttpCode } from '@nestjs/common';
import { ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import { Post } from '../platform/http/idempotency/post.js';
import { CaseView } from './views/case-view.js';
import { ProblemView } from './views/problem-view.js';
import type { SubjectKind } from './lifecycle/states.js';

const VIEWS = { case: CaseView, problem: ProblemView };

/** A route of an action: `POST …/{id}/{action}`, answering the case or problem as it is afterwards. */
export const ActionRoute = (kind: SubjectKind, action: string, summary: string) =>
  applyDecorators(
    Post(action),
    HttpCode(200),
    ApiOperation({ summary, operationId: `${kind}-${action}` }),
    ApiOkResponse({ type: VIEWS[kind] }),
  );
