/** Refusals about enterprises, what they produce, and campaigns. Same keys as `enterprise-messages.zh-CN.ts`. */
export const enterpriseMessages = {
  CREDIT_CODE_INVALID: 'The unified social credit code fails its check.',
  CREDIT_CODE_TAKEN: 'The credit code {creditCode} is already registered.',
  INDUSTRY_UNKNOWN: 'There is no industry division {code} in GB/T 4754-2017.',
  PHONE_INVALID: 'A phone number is an 11-digit mobile, or an area code with 7 or 8 digits.',
  PROJECT_STAGE_NOT_FORWARD:
    'The project cannot move to {stage}: it is at {present}, and stages go forward only.',
  SKIP_REASON_REQUIRED: 'Say why these stages are passed over: {skipped}.',
  STAGE_DATE_OUT_OF_ORDER: 'The stages beside it allow a day from {earliestOn} to {latestOn}.',
  STAGE_ENTRY_SUPERSEDED: 'This entry has been corrected already; correct the one that took its place.',
  STAGE_NOT_LAST: 'Only the last stage can be withdrawn: the project is at {present}, this is {stage}.',
  PROJECT_NUMBER_TAKEN: 'There is already a project of number {number}.',
  PROJECT_INACTIVE: 'The project is not active and takes no new problems.',
  PAIRING_EXISTS: 'This leader, unit or official is already paired with the enterprise or project.',
  PAIRING_PARTY_INVALID: 'A unit is paired by departmentId alone, a leader or official by officialId alone.',
  PAIRING_ENDED: 'The pairing ended on {toOn}.',
  OUTSIDE_TERRITORY: 'Only enterprises of your own reporting unit are yours to register and change.',
  LEADER_REQUIRED: 'Who is paired must be an active leader.',
  PRODUCTION_DAYS_TOO_MANY: 'The month has only {days} days.',
  DATE_IN_FUTURE: 'The date must not be after today.',
  FIGURES_NOT_LED: 'Figures of this enterprise are taken from the department that leads its case.',
  STATISTICAL_SOURCE_REFUSED:
    'Figures from statistical survey returns are not taken: by the Statistics Law, what enterprises report for statistics serves statistics alone. Collect them from the enterprise, the grid company or a site check.',
  COVERS_MONTHS_INVALID:
    'Only a February can stand for two months, January and February, and a year to date says by itself what it covers.',
  YEAR_TO_DATE_GAP:
    'The month cannot be told from the year to date while earlier months are unknown: {months}.',
  YEAR_TO_DATE_FELL:
    'The year to date is less than the {known} known through {month}. Correct that first, if it is wrong.',
  ROW_REPEATED: 'Another row is about the same enterprise, month and source.',
  ROWS_REFUSED: 'Nothing was taken: {count} rows are wrong.',
  ENTERPRISE_REFERENCE_REQUIRED: 'Name the enterprise by its id or by its credit code, one of the two.',
  STOP_MONTHS_INVALID: 'The last month lies before the first, or not before what was announced.',
  STOP_OVERLAPS: 'Another stop is on record from {fromMonth} to {toMonth}.',
  STOP_CLOSED: 'The stop has been ended or withdrawn already.',
  PRODUCTION_QUERY_CLOSED: 'The question has been closed already: {status}.',
  FIGURES_REQUIRED: 'At least one figure is needed.',
};
