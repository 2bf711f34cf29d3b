import type { Cell } from '../../platform/spreadsheet/cell.js';
import type { Standing } from './standing.js';
import { UNSTATED, type Unstated } from './unstated.js';

/** A sheet that the intake does not know, and passes over. */
export const NOTES_SHEET = '导出说明';

export const NOTES_COLUMNS = [
  { heading: '事项', width: 26 },
  { heading: '编号', width: 18 },
  { heading: '企业名称', width: 30 },
  { heading: '件数', width: 8 },
  { heading: '说明', width: 60 },
] as const;

/** What a row of the ledger says, but not all of it. */
const PARTLY = {
  stopped: '核查中或挂账：台账只记载交办、签收与销号，未列该状态',
  reopened: '曾重新打开：台账只列最近一次交办',
  due_changed: '办理期限有过变更：台账列现行期限',
  outcome: '销号结果（恢复生产、已解决、已解释）：台账只记载销号日期',
  moved: '责任人已调离牵头单位：导入本系统无妨，导入其他系统须先补录此人',
  co_unnamed: '配合单位在通讯录中没有人员，未列配合单位',
  case_unseen: '所属企业台账不在可见范围：导入本系统无妨，导入其他系统须先有该企业台账',
} as const;
export type Partly = keyof typeof PARTLY;

/** What no column of a ledger is for. */
const NEVER = [
  ['时刻', '台账只记载日期：导入时交办、签收、销号均按当日12:00计'],
  ['过程', '上报、退回、改派、延期、挂账、退回重办、进展、走访、批示、一企一策、佐证材料不在台账中'],
  ['问题栏目', '问题的签收日期、具体情况（标题以外）不在台账中；企业评价按销号日期计'],
  ['企业栏目', '园区不在台账中；停减产起始时间、上月产值两列留空，系统不保存'],
  ['人员', '值守类别按职务认定；已停用的单位和人员只在被引用时列出；专班办公室不列'],
  ['生产', '产能利用率，以及税务、现场核查等来源的数据不在台账中'],
] as const;

/** Gathers what the rows of a ledger do not say, while they are written. */
export class LedgerNotes {
  private readonly left: Array<[kind: string, row: Standing, why: Unstated]> = [];
  private readonly partly = new Map<Partly, number>();

  leaveOut(kind: '企业台账' | '问题', row: Standing, why: Unstated): void {
    this.left.push([kind, row, why]);
  }

  count(what: Partly, is: boolean): void {
    if (is) this.partly.set(what, (this.partly.get(what) ?? 0) + 1);
  }

  get leftOut(): number {
    return this.left.length;
  }

  /** @param contacts what is told of numbers */
  rows(contacts: string): Cell[][] {
    return [
      ['电话和邮箱', null, null, null, contacts],
      ...NEVER.map(([what, why]) => [what, null, null, null, why]),
      ...[...this.partly].map(([what, count]) => ['已列入，未能尽述', null, null, count, PARTLY[what]]),
      ['未列入台账，合计', null, null, this.left.length, '逐条列在下面'],
      ...this.left.map(([kind, { number, enterpriseName }, why]) => [
        kind,
        number,
        enterpriseName,
        1,
        UNSTATED[why],
      ]),
    ];
  }
}
