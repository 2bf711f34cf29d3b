import { Injectable } from '@nestjs/common';
import { DateTime } from 'luxon';
import { OfficeTime } from '../calendar/office-time.js';
import type { LightMarks } from './deadlines/light.js';
import type { CaseListQuery, ProblemListQuery, SubjectListQuery } from './dto/list-query.js';
import { CampaignBook } from './campaign-book.js';
import { CasesRepository } from './cases.repository.js';
import { FragmentSearch } from './fragment-search.js';
import { addLights, addOverdue, Conditions } from './subject-filter.js';

/** What a query of a list filters by, as conditions: each filter is one, and values of the asker are parameters. */
@Injectable()
export class ListFilters {
  constructor(
    private readonly cases: CasesRepository,
    private readonly fragments: FragmentSearch,
    private readonly office: OfficeTime,
    private readonly campaigns: CampaignBook,
  ) {}

  async ofCases(query: CaseListQuery): Promise<Conditions> {
    const conditions = subjectFilters(query, await this.cases.marks(), this.office);
    conditions.anyOf('s.distress_type', query.distressType);
    if (query.campaign !== undefined && query.campaign.length > 0)
      conditions.add(this.campaigns.isMember('s.enterprise_id'), query.campaign);
    await this.fragments.add(conditions, 'case', query.q);
    return conditions;
  }

  async ofProblems(query: ProblemListQuery): Promise<Conditions> {
    const conditions = subjectFilters(query, await this.cases.marks(), this.office);
    conditions
      .anyOf('s.case_id', query.case, 'uuid')
      .anyOf('s.project_id', query.project, 'uuid')
      .anyOf('s.category', query.category)
      .anyOf('s.cause', query.cause);
    await this.fragments.add(conditions, 'problem', query.q);
    return conditions;
  }
}

function subjectFilters(query: SubjectListQuery, marks: LightMarks, office: OfficeTime): Conditions {
  const conditions = new Conditions()
    .anyOf('s.status', query.status)
    .anyOf('s.lead_department_id', query.leadDepartment, 'uuid')
    .anyOf('s.official_id', query.official, 'uuid');
  addUnits(conditions, query.reportingUnit);
  addLights(conditions, query.light, marks);
  addOverdue(conditions, query.overdue, marks.now);
  addDays(conditions, 's.reported_at', query.openedFrom, query.openedTo, office);
  addDays(conditions, 's.due_at', query.dueFrom, query.dueTo, office);
  return conditions;
}

/** A scalar subquery for one unit, so that the index on unit and due date gives the rows in order. */
function addUnits(conditions: Conditions, codes: readonly string[] | undefined): void {
  if (codes === undefined || codes.length === 0) return;
  if (codes.length === 1) {
    conditions.add('s.reporting_unit_id = (SELECT id FROM reporting_units WHERE code = {})', codes[0]);
  } else {
    conditions.add(
      's.reporting_unit_id IN (SELECT id FROM reporting_units WHERE code = ANY ({}::text[]))',
      codes,
    );
  }
}

/** Whole days of the office: from the first moment of `from` to the last of `to`. */
function addDays(
  conditions: Conditions,
  column: string,
  from: string | undefined,
  to: string | undefined,
  office: OfficeTime,
): void {
  if (from !== undefined) conditions.add(`${column} >= {}`, office.at(from, '00:00'));
  if (to === undefined) return;
  const dayAfter = DateTime.fromISO(to, { zone: 'utc' }).plus({ days: 1 }).toFormat('yyyy-MM-dd');
  conditions.add(`${column} < {}`, office.at(dayAfter, '00:00'));
}
