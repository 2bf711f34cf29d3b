import type { ExportTexts } from './export-texts.js';

/** @param now `本周` or `本期` @param last `上周` or `上期` */
export const chineseColumns = (now: string, last: string): ExportTexts['columns'] => ({
  opening: { heading: `${last}\n结转`, meaning: '期初在办' },
  assigned: { heading: `${now}\n新增`, meaning: '本期内首次交办或认领' },
  reopened: { heading: '重新\n交办', meaning: '本期内销号后又重新交办' },
  transferredIn: { heading: '转入', meaning: '本期内由本表其他行转入' },
  transferredOut: { heading: '转出', meaning: '本期内转到本表其他行' },
  resolved: { heading: `${now}\n销号`, meaning: '本期内销号' },
  recovered: { heading: '其中：\n恢复\n生产', meaning: '销号中，已证明恢复生产的企业' },
  solved: { heading: '其中：\n已\n解决', meaning: '销号中，已解决的问题' },
  explained: { heading: '其中：\n解释\n说明', meaning: '销号中，已向企业解释说明的' },
  unstated: { heading: '其中：\n未\n注明', meaning: '销号中，台账导入时未注明结果的' },
  terminated: { heading: '终止', meaning: '本期内未经销号而终止或不予受理' },
  closing: { heading: '在办', meaning: '期末在办' },
  onHold: { heading: '挂账', meaning: '在办中，期末挂账的' },
  overdue: { heading: '超期', meaning: '在办中，期末已过办理时限的' },
  longestOverdueWorkingDays: {
    heading: '最长\n超期\n工作日',
    meaning: '超期中最长的，自时限次日起至本期最后一日的工作日数；没有超期为 0',
  },
  cumulativeAssigned: { heading: '累计\n交办', meaning: '截至期末曾交办的' },
  cumulativeResolved: { heading: '累计\n销号', meaning: '截至期末已销号的；重新交办的不算' },
  closureRate: { heading: '销号率', meaning: '累计销号÷（累计交办－累计终止）' },
  onTimeRate: { heading: '按期\n办结率', meaning: '累计按期销号÷（累计销号＋在办超期）' },
  meanHandlingWorkingDays: {
    heading: '平均\n办理\n工作日',
    meaning: '本期销号的平均办理工作日，自首次交办次日起至销号之日，挂账期间不计',
  },
  acknowledgedInTimeRate: {
    heading: '签收\n及时率',
    meaning: '签收时限在本期内的交办中，按时签收的占比',
  },
  sentBack: { heading: '退回\n重办', meaning: '本期内核查未通过退回重办的次数' },
  extended: { heading: '延期', meaning: '本期内批准延期的次数' },
  satisfactionRate: {
    heading: '满意率',
    meaning: '本期内企业评价的销号中，很满意、满意和比较满意的占比',
  },
  score: {
    heading: '得分',
    meaning:
      '40×按期办结率＋25×销号率＋20×累计满意率＋10×累计签收及时率＋5×（1－退回重办÷（本期销号＋退回重办）），缺项按比例折算为百分制，再减 10×超期÷在办，不低于 0',
  },
  rank: { heading: '名次', meaning: '按得分由高到低，得分相同超期少者在前；累计不足 3 的不排名' },
  rankChange: { heading: '升降', meaning: `${last}名次减${now}名次，正数为上升` },
  netResolved: {
    heading: `${now}\n净销号`,
    meaning: '本期内销号且到期末未重新交办的；“销号”为毛数，两数并列',
  },
  cumulativeClosures: {
    heading: '累计\n销号\n次数',
    meaning: '截至期末的全部销号次数（毛数），重新交办的也算',
  },
});
