import {
  closedCases,
  type DataSetPlan,
  DEPARTMENTS_A_UNIT,
  LEADERS,
  MUNICIPAL_DEPARTMENTS,
  OFFICIALS_A_DEPARTMENT,
} from './size.js';
import { id, oneOf, pick } from './sql-functions.js';

const SURNAMES = [...'王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗'];
const GIVEN = [...'伟芳娜敏静强磊军洋勇艳杰涛明超霞平刚桂文辉玲鹏飞红波斌宇浩凯'];
const PLACES = [
  '安康',
  '秦巴',
  '汉江',
  '瀛湖',
  '南宫',
  '香溪',
  '月河',
  '岚河',
  '凤凰',
  '天柱',
  '金州',
  '兴安',
];
const WORDS = [...'鸿华盛泰恒瑞丰锦宏远达信诚润康源光辉腾翔嘉和兴隆美佳新安富茂'];
const TRADES = [
  '光电科技',
  '富硒食品',
  '新型材料',
  '生物医药',
  '矿业',
  '建材',
  '纺织',
  '机械制造',
  '包装',
  '茶业',
  '水泥',
  '化工',
];

const oneCharacter = (n: string, purpose: number, of: readonly string[]): string => oneOf(n, purpose, of);
const personName = (n: string): string =>
  `${oneCharacter(n, 101, SURNAMES)} || ${oneCharacter(n, 102, GIVEN)} || ${oneCharacter(n, 103, GIVEN)}`;

/** An enterprise's reporting unit, 1 to 12; the first, the city's centre, has far the most. */
export const unitOf = (enterprise: string): string =>
  `(1 + CASE WHEN ${pick(enterprise, 2, 20)} < 12 THEN ${pick(enterprise, 2, 20)} ELSE 0 END)`;

/** Departments with head, liaison and handlers, leaders, and officials of the task-force office. */
export const ORGANIZATION = [
  `INSERT INTO departments (id, name, level, reporting_unit_id)
   SELECT ${id('department', 'n')}, '市级单位' || lpad(n::text, 2, '0'), 'city', NULL
     FROM generate_series(1, ${MUNICIPAL_DEPARTMENTS}) n
    UNION ALL
   SELECT ${id('department', `${MUNICIPAL_DEPARTMENTS} + (u.position - 1) * ${DEPARTMENTS_A_UNIT} + n`)},
          u.name || '单位' || n, 'county', u.id
     FROM reporting_units u, generate_series(1, ${DEPARTMENTS_A_UNIT}) n
    UNION ALL
   SELECT ${id('department', '0')}, '市政府', 'city', NULL`,
  `INSERT INTO department_revisions (id, department_id, effective_at, recorded_at, code, name, level)
   SELECT uuidv7(), d.id, '1900-01-01T00:00:00Z', '2020-01-01T00:00:00Z', d.code, d.name, d.level
     FROM departments d WHERE NOT d.is_task_force`,
  `INSERT INTO officials (id, department_id, name, post, duty, email)
   SELECT ${id('official', `(d - 1) * ${OFFICIALS_A_DEPARTMENT} + n`)}, ${id('department', 'd')},
          ${personName(`d * 100 + n`)} || n, '干部',
          CASE n WHEN 1 THEN 'head' WHEN 2 THEN 'liaison' ELSE 'handler' END,
          'official' || (d * 100 + n) || '@bench.example'
     FROM generate_series(1, ${MUNICIPAL_DEPARTMENTS} + (SELECT count(*) FROM reporting_units) * ${DEPARTMENTS_A_UNIT}) d,
          generate_series(1, ${OFFICIALS_A_DEPARTMENT}) n
    UNION ALL
   SELECT ${id('leader', 'n')}, ${id('department', '0')}, ${personName('n')} || n, '市级领导', 'leader',
          'leader' || n || '@bench.example'
     FROM generate_series(1, ${LEADERS}) n
    UNION ALL
   SELECT ${id('leader', '1000 + n')}, d.id, ${personName('1000 + n')} || n, '干部', 'handler',
          'office' || n || '@bench.example'
     FROM departments d, generate_series(1, 3) n WHERE d.is_task_force`,
];

/** Enterprises, their first revision, and a paired leader for one in three. */
export const enterprises = (plan: DataSetPlan): string[] => [
  `INSERT INTO enterprises (id, name, credit_code, reporting_unit_id, industry_code, size_class, is_above_scale, is_key,
                            employees, contact_name, contact_phone_sealed, contact_phone_search_key,
                            baseline_monthly_output)
   SELECT ${id('enterprise', 'n')},
          ${oneOf('n', 11, PLACES)} || ${oneCharacter('n', 12, WORDS)} || ${oneCharacter('n', 13, WORDS)}
            || ${oneCharacter('n', 14, WORDS)} || ${oneOf('n', 15, TRADES)} || '有限公司',
          bench.credit_code('91610902' || lpad(n::text, 9, '0')), u.id, ${oneOf('n', 16, ['13', '17', '26', '30', '39'])},
          ${oneOf('n', 17, ['large', 'medium', 'small', 'micro'])}, true, ${pick('n', 18, 10)} = 0,
          20 + ${pick('n', 19, 500)}, ${personName('n')}, t.sealed, t.search_key,
          100000 + ${pick('n', 20, 9000000)}
     FROM generate_series(1, ${closedCases(plan)}) n
     JOIN reporting_units u ON u.position = ${unitOf('n')}
     JOIN bench.contacts t ON t.id = ${id('enterprise', 'n')}`,
  `INSERT INTO enterprise_revisions (id, enterprise_id, effective_at, recorded_at, name, reporting_unit_id, industry_code, size_class)
   SELECT ${id('enterprise_revision', 'n')}, ${id('enterprise', 'n')}, '2020-01-01T00:00:00Z', '2020-01-01T00:00:00Z',
          e.name, e.reporting_unit_id, e.industry_code, e.size_class
     FROM generate_series(1, ${closedCases(plan)}) n JOIN enterprises e ON e.id = ${id('enterprise', 'n')}`,
  `INSERT INTO pairings (id, enterprise_id, official_id, from_on)
   SELECT ${id('pairing', 'n')}, ${id('enterprise', 'n')}, ${id('leader', `1 + ${pick('n', 21, LEADERS)}`)}, '2021-01-01'
     FROM generate_series(1, ${closedCases(plan)}) n WHERE ${pick('n', 22, 3)} = 0`,
];
