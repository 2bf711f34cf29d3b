import type { WeeklyAnswer } from '../../weekly-answer.js';
import type { CampaignFigures } from '../weekly-report.js';
import type { Words } from '../words.js';
import type { ListTable } from './list-table.js';

/** Table 5: campaigns against their final dates. */
export function targetsList(table: WeeklyAnswer, words: Words): ListTable<CampaignFigures> {
  const { targets, milestones } = words.texts;
  const { headings } = targets;
  return {
    sheet: targets.sheet,
    title: targets.title,
    subtitle: words.subtitle(table),
    columns: [
      { heading: headings.name, width: 36, isText: true, value: ({ name }) => name },
      {
        heading: headings.milestone,
        width: 18,
        isText: true,
        value: ({ milestone }) => milestones[milestone],
      },
      { heading: headings.target, width: 10, isText: false, value: ({ target }) => target },
      { heading: headings.members, width: 10, isText: false, value: ({ members }) => members },
      { heading: headings.reached, width: 10, isText: false, value: ({ reached }) => reached },
      { heading: headings.expected, width: 12, isText: false, value: ({ expected }) => expected },
      {
        heading: headings.isBehind,
        width: 10,
        isText: true,
        value: ({ isBehind }) => targets.isBehind[isBehind ? 'true' : 'false'],
      },
      {
        heading: headings.elapsed,
        width: 14,
        isText: true,
        value: ({ elapsedWorkingDays, totalWorkingDays }) => `${elapsedWorkingDays} / ${totalWorkingDays}`,
      },
      { heading: headings.startsOn, width: 14, isText: true, value: ({ startsOn }) => startsOn },
      { heading: headings.finalOn, width: 14, isText: true, value: ({ finalOn }) => finalOn },
    ],
  };
}
