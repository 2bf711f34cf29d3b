import type { CaseEventPayloads } from '../../cases/case-events.js';
import type { Attributes } from './attributes.js';
import { type Grouping, listedByKey } from './grouping.js';
import { Timeline } from './timeline.js';

const ownerOf = ({ enterpriseId, projectId }: CaseEventPayloads['reported']): string =>
  enterpriseId ?? projectId ?? '';

/** 各县区: a row for each reporting unit, whether or not anything happened there. */
export function byReportingUnit(attributes: Attributes, asOf: number): Grouping {
  const timelines = new Map(
    [...attributes.owners].map(([id, revisions]) => [id, new Timeline(revisions, asOf)] as const),
  );
  return {
    groupAt({ reported }, at) {
      if (reported === null) throw new Error('an event before the report');
      return timelines.get(ownerOf(reported))?.at(at)?.reportingUnitId ?? reported.reportingUnitId;
    },
    changesFor({ events }) {
      const report = events.find((event) => event.type === 'reported');
      return timelines.get(report === undefined ? '' : ownerOf(report.payload))?.changes ?? [];
    },
    rows: () => listedByKey(attributes.units.map(({ id, code, name }) => ({ group: id, key: code, name }))),
  };
}
