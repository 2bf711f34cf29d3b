import { Injectable } from '@nestjs/common';
import type { Caller } from '../../access/actor.js';
import { projectScope } from '../../access/scope.js';
import { Reader } from '../../platform/database/reader.js';
import { notFound } from '../../platform/errors/refusal.js';
import { fragment, ListReader, Where } from '../../platform/http/list-reader.js';
import type { Page, PageQuery } from '../../platform/http/paging.js';
import { PROJECTS, type ProjectView } from './project.view.js';
import { type ProjectStageView, STAGES } from './project-stages.dto.js';
import type { ProjectQuery } from './projects.dto.js';

/** Reads of projects; each passes the scope of who asks. */
@Injectable()
export class ProjectRegister {
  constructor(
    private readonly reader: Reader,
    private readonly lists: ListReader,
  ) {}

  /** By name. */
  list(actor: Caller, query: ProjectQuery): Promise<Page<ProjectView>> {
    const where = new Where()
      .addScope((first) => projectScope(actor, 'j', first))
      .add(query.reportingUnit, (codes) => `u.code = ANY(${codes}::text[])`)
      .add(query.enterprise, (ids) => `j.enterprise_id = ANY(${ids}::uuid[])`)
      .add(query.stage, (stages) => `j.stage = ANY(${stages}::text[])`)
      .add(query.isActive, (isActive) => `j.is_active = ${isActive}`)
      .add(query.q && fragment(query.q), (pattern) => `j.name ILIKE ${pattern} OR j.number ILIKE ${pattern}`);
    return this.lists.page(PROJECTS, where, query, (row) => row);
  }

  /** @throws Refusal 404 NOT_FOUND, also when it is out of scope */
  async byId(actor: Caller, id: string): Promise<ProjectView> {
    const where = new Where()
      .add(id, (own) => `j.id = ${own}`)
      .addScope((first) => projectScope(actor, 'j', first));
    const sql = `SELECT ${PROJECTS.select} FROM ${PROJECTS.from} WHERE ${where.sql}`;
    const [row] = await this.reader.query<ProjectView>(sql, where.parameters);
    if (row === undefined) throw notFound('project', id);
    return row;
  }

  /** What was entered of its stages, oldest entry first. @throws Refusal 404 NOT_FOUND */
  async stages(actor: Caller, id: string, query: PageQuery): Promise<Page<ProjectStageView>> {
    await this.byId(actor, id);
    const where = new Where().add(id, (project) => `s.project_id = ${project}`);
    return this.lists.page(STAGES, where, query, (row) => row);
  }
}
