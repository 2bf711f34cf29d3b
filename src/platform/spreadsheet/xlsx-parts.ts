/** Parts of a workbook that are the same for all, or follow from the names of its sheets. */

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const SHEET_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

/** Places in `cellXfs` below. */
export const STYLES = { number: 0, text: 1, day: 2, minute: 3, heading: 4, title: 5, note: 6 } as const;

const xf = (format: number, font: number, more = ''): string =>
  `<xf numFmtId="${format}" fontId="${font}" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1" applyAlignment="1">${more}</xf>`;
const MIDDLE = '<alignment vertical="center"/>';
const CENTRE = '<alignment horizontal="center" vertical="center" wrapText="1"/>';
/** Text that stays text when it is typed over: a number of a telephone is none to reckon with. */
const AS_TEXT = 49;
const DAY = 164;
const MINUTE = 165;

export const STYLES_PART = `${XML}<styleSheet xmlns="${MAIN}">
<numFmts count="2"><numFmt numFmtId="${DAY}" formatCode="yyyy\\-mm\\-dd"/><numFmt numFmtId="${MINUTE}" formatCode="yyyy\\-mm\\-dd\\ hh:mm"/></numFmts>
<fonts count="4"><font><sz val="11"/><name val="宋体"/></font><font><b/><sz val="11"/><name val="黑体"/></font><font><b/><sz val="16"/><name val="黑体"/></font><font><sz val="9"/><color rgb="FF5B6577"/><name val="宋体"/></font></fonts>
<fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid"><fgColor rgb="FFDCE6F1"/></patternFill></fill></fills>
<borders count="1"><border/></borders>
<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>
<cellXfs count="7">${xf(0, 0, MIDDLE)}${xf(AS_TEXT, 0, MIDDLE)}${xf(DAY, 0, MIDDLE)}${xf(MINUTE, 0, MIDDLE)}${xf(AS_TEXT, 1, CENTRE).replace('fillId="0"', 'fillId="2" applyFill="1"')}${xf(AS_TEXT, 2, CENTRE)}${xf(AS_TEXT, 3, MIDDLE)}</cellXfs>
<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>
</styleSheet>`;

export const ROOT_RELATIONS_PART = `${XML}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`;

/** `xl/worksheets/sheet1.xml` and so on, in the order in which they were made. */
export const sheetPart = (index: number): string => `xl/worksheets/sheet${index + 1}.xml`;

/** Whatever is XML and not named here is a sheet: how many there will be need not be known. */
export const CONTENT_TYPES_PART = `${XML}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="${SHEET_TYPE}.worksheet+xml"/><Override PartName="/xl/workbook.xml" ContentType="${SHEET_TYPE}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${SHEET_TYPE}.styles+xml"/></Types>`;

/** A sheet by its name, and the place of its part. */
export interface SheetPlace {
  name: string;
  index: number;
}

export function workbookPart(sheets: readonly SheetPlace[]): string {
  const named = sheets.map(
    ({ name, index }) => `<sheet name="${escapedXml(name)}" sheetId="${index + 1}" r:id="rId${index + 1}"/>`,
  );
  return `${XML}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><bookViews><workbookView/></bookViews><sheets>${named.join('')}</sheets></workbook>`;
}

export function workbookRelationsPart(sheets: readonly SheetPlace[]): string {
  const relations = sheets.map(
    ({ index }) =>
      `<Relationship Id="rId${index + 1}" Type="${OFFICE}/worksheet" Target="/${sheetPart(index)}"/>`,
  );
  return `${XML}<Relationships xmlns="${PACKAGE}/relationships">${relations.join('')}<Relationship Id="rIdStyles" Type="${OFFICE}/styles" Target="/xl/styles.xml"/></Relationships>`;
}

export const SHEET_OPENS = `${XML}<worksheet xmlns="${MAIN}">`;

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

export const escapedXml = (text: string): string =>
  /[&<>"]/.test(text) ? text.replaceAll(/[&<>"]/g, (sign) => ENTITIES[sign] ?? sign) : text;
