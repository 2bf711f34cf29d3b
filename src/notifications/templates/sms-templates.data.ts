/** A text that the gateway has approved, with its variables as `${name}`. */
export interface SmsTemplate {
  code: string;
  name: string;
  text: string;
}

/** Most characters of an SMS with its signature: a longer one is split and charged twice. */
export const MOST_CHARACTERS = 70;

/** Characters that a variable may have; a longer value is cut. */
export const VARIABLE_LENGTHS: Readonly<Record<string, number>> = {
  no: 14,
  ent: 8,
  unit: 8,
  sign: 8,
  due: 6,
  days: 2,
  n: 3,
  m: 3,
  date: 6,
  pct: 4,
  tel: 12,
  lead: 6,
  code: 6,
  count: 3,
  week: 6,
};

/** As they are registered with the gateways, from `sms-templates.json`. */
export const SMS_TEMPLATES: readonly SmsTemplate[] = [
  {
    code: 'assigned',
    name: '交办',
    text: '交办：${ent}问题${no}已交你单位，${sign}前签收、${due}前办结，详见纾困平台。',
  },
  {
    code: 'sign_overdue',
    name: '签收超时',
    text: '签收超时：问题${no}已超签收时限，请即登录纾困平台签收或提出退回申请，逾期将计入通报。',
  },
  {
    code: 'due_soon',
    name: '临期提醒(黄灯)',
    text: '黄灯提醒：${ent}问题${no}距时限剩${days}个工作日，请抓紧办理；需延期请提前1个工作日申请。',
  },
  {
    code: 'due_today',
    name: '到期当日催办',
    text: '催办：${ent}问题${no}今日到期，请于下班前提交办理结果和佐证材料。',
  },
  {
    code: 'overdue',
    name: '逾期(红灯)',
    text: '红灯督办：${ent}问题${no}已超期${days}个工作日，请说明原因并明确办结日期，已抄送包联领导。',
  },
  {
    code: 'supervise',
    name: '督办升级',
    text: '督办通知：你单位有${n}件企业问题超期未办结，最长超期${days}个工作日，请主要负责同志调度，${due}前反馈。',
  },
  {
    code: 'sent_back',
    name: '核查未通过/退回重办',
    text: '退回重办：问题${no}经核查未达销号条件，请按平台核查意见于${due}前重新办理并反馈。',
  },
  {
    code: 'extension_decided',
    name: '延期批复',
    text: '延期批复：问题${no}延期申请已审批，新的办结时限为${due}，请按期办结并向企业做好说明。',
  },
  {
    code: 'escalate',
    name: '提级办理',
    text: '提级办理：${ent}问题${no}已提级至${lead}协调，请牵头单位${due}前备齐情况报告。',
  },
  {
    code: 'leader_digest',
    name: '包联领导周提示',
    text: '包联周提示：您包联企业${n}户，在办问题${m}件，超期${days}件，停产半停产${count}户，详见平台周报。',
  },
  {
    code: 'weekly_published',
    name: '周通报已发',
    text: '${week}周通报已发布：你单位累计交办${n}件，办结率${pct}，超期${m}件，请登录平台查看。',
  },
  {
    code: 'production_report_due',
    name: '月度生产情况填报',
    text: '填报提醒：请于${due}前在纾困平台填报上月生产情况，如遇停产减产可一并提出诉求。',
  },
  {
    code: 'enterprise_received',
    name: '企业诉求受理告知',
    text: '您反映的问题${no}已受理，由${unit}办理，${due}前答复，电话${tel}。',
  },
  {
    code: 'enterprise_rate',
    name: '办结评价邀请',
    text: '您反映的问题${no}已办结，请于5个工作日内登录纾困平台确认并评价，不满意的将重新办理。',
  },
  {
    code: 'enterprise_closed',
    name: '销号告知',
    text: '问题${no}已按程序销号，我们将在30日内回访，如有反复请拨打${tel}或在平台提出。',
  },
  {
    code: 'relapse',
    name: '反弹预警',
    text: '反弹预警：${ent}${date}产值或用电再次下滑，请3个工作日内上门核实并更新帮扶措施。',
  },
  {
    code: 'login_code',
    name: '登录验证码',
    text: '验证码${code}，5分钟内有效，用于登录企业纾困平台，请勿告知他人。',
  },
  {
    code: 'digest',
    name: '合并提醒',
    text: '办理提醒：您有${n}项企业问题需处理，其中超期${m}项，最早到期${due}，请登录纾困平台办理。',
  },
  {
    code: 'verify_overdue',
    name: '核查超时',
    text: '核查超时：${ent}问题${no}申请销号已超核查时限，请即登录纾困平台核查。',
  },
  {
    code: 'assign_overdue',
    name: '交办超时',
    text: '交办超时：${ent}上报已超${days}个工作日未交办，请即登录纾困平台处理。',
  },
];
