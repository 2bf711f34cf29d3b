import exceljs from 'exceljs';

/** One day before the example's last Sunday; nothing of it is in the future on any clock. */
const LAST_DAY = Date.parse('2021-11-20');
const DAY_MS = 24 * 60 * 60 * 1000;
const DEPARTMENTS = 40;
const HANDLERS = 5;
const UNITS = [
  '汉滨区',
  '汉阴县',
  '石泉县',
  '宁陕县',
  '紫阳县',
  '岚皋县',
  '平利县',
  '镇坪县',
  '白河县',
  '旬阳市',
];
const WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
const CHECK = '0123456789ABCDEFGHJKLMNPQRTUWXY';

const HEADINGS = [
  '序号',
  '企业名称',
  '统一社会信用代码',
  '所属县区',
  '所属行业',
  '企业规模',
  '是否规上',
  '生产状态',
  '从业人员',
  '正常月产值(万元)',
  '牵头单位',
  '责任人',
  '企业联系人',
  '联系电话',
  '交办日期',
  '签收日期',
  '办理时限',
  '销号日期',
  '备注',
];

/**
 * Writes a ledger with that many case rows, all valid, of enterprises that no ledger of another number has. Half are
 * open, so that their reminders are armed.
 */
export async function writeLedger(file: string, rows: number, ledger: number): Promise<void> {
  const workbook = new exceljs.stream.xlsx.WorkbookWriter({ filename: file, useSharedStrings: true });
  const directory = workbook.addWorksheet('通讯录');
  directory.addRow(['单位', '层级', '姓名', '职务', '手机', '邮箱']).commit();
  for (let department = 0; department < DEPARTMENTS; department += 1) {
    for (let person = 0; person < HANDLERS; person += 1) {
      const number = department * HANDLERS + person;
      const mobile = `135${String(number).padStart(8, '0')}`;
      const post = person === 0 ? '局长' : '干部';
      directory
        .addRow([
          unitName(department),
          '市级',
          `责任人${number}`,
          post,
          mobile,
          `person${number}@ledger.example`,
        ])
        .commit();
    }
  }
  directory.commit();
  const cases = workbook.addWorksheet('停产半停产减产企业清单');
  cases.addRow(HEADINGS).commit();
  for (let row = 1; row <= rows; row += 1) cases.addRow(caseRow(row, ledger * 1_000_000 + row)).commit();
  cases.commit();
  await workbook.commit();
}

function caseRow(row: number, enterprise: number): Array<string | number | Date | null> {
  const department = row % DEPARTMENTS;
  const assignedOn = new Date(LAST_DAY - (10 + (row % 60)) * DAY_MS);
  const later = (days: number): Date => new Date(assignedOn.getTime() + days * DAY_MS);
  const distress = ['停产', '半停产', '减产'][row % 3] ?? '';
  const official = `责任人${department * HANDLERS + 1 + (row % (HANDLERS - 1))}`;
  return [
    row,
    `安康台账第${enterprise}号有限公司`,
    creditCode(enterprise),
    UNITS[row % UNITS.length] ?? '',
    '食品制造业',
    '小型',
    '是',
    distress,
    30 + (row % 400),
    120.5 + (row % 900),
    unitName(department),
    official,
    '联系人',
    `137${String(row).padStart(8, '0')}`,
    assignedOn,
    row % 4 === 0 ? null : later(1),
    '15个工作日',
    row % 2 === 0 ? null : later(8),
    row % 10 === 0 ? '流动资金紧张，原材料涨价' : null,
  ];
}

const unitName = (department: number): string => `台账单位${String(department + 1).padStart(2, '0')}`;

function creditCode(enterprise: number): string {
  const digits = `92610900${String(enterprise).padStart(9, '0')}`;
  const sum = WEIGHTS.reduce((total, weight, place) => total + weight * Number(digits[place]), 0);
  return digits + (CHECK[(31 - (sum % 31)) % 31] ?? '');
}
