import type { Attributes } from './attributes.js';
import { type Grouping, listedByKey } from './grouping.js';
import { Timeline } from './timeline.js';

/** 各县区: a row for each reporting unit, whether or not anything happened there. */
export function byReportingUnit(attributes: Attributes, asOf: number): Grouping {
  const timelines = new Map(
    [...attributes.enterprises].map(([id, revisions]) => [id, new Timeline(revisions, asOf)] as const),
  );
  return {
    groupAt({ reported }, at) {
      if (reported === null) throw new Error('an event before the report');
      return timelines.get(reported.enterpriseId)?.at(at)?.reportingUnitId ?? reported.reportingUnitId;
    },
    changesFor({ events }) {
      const report = events.find((event) => event.type === 'reported');
      return timelines.get(report?.payload.enterpriseId ?? '')?.changes ?? [];
    },
    rows: () => listedByKey(attributes.units.map(({ id, code, name }) => ({ group: id, key: code, name }))),
  };
}
