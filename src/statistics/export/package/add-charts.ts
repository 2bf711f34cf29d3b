import { type BarChart, chartXml } from './chart-xml.js';

/** Where a chart stands on its sheet, in rows and columns from 0. */
export interface PlacedChart {
  chart: BarChart;
  from: { column: number; row: number };
  to: { column: number; row: number };
}

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const DRAWING = 'http://schemas.openxmlformats.org/drawingml/2006';
const CONTENT_TYPE = 'application/vnd.openxmlformats-officedocument';

/**
 * Puts charts on a sheet of a package, given and answered as its parts by name. Of a sheet that holds no drawing yet:
 * one drawing, one part for each chart, the relationships between them, and their content types.
 */
export function addCharts(
  parts: ReadonlyMap<string, string>,
  sheetId: number,
  charts: readonly PlacedChart[],
): Map<string, string> {
  const sheet = `xl/worksheets/sheet${sheetId}.xml`;
  const relationships = `xl/worksheets/_rels/sheet${sheetId}.xml.rels`;
  if (parts.has(relationships)) throw new Error(`${sheet} relates to other parts already`);
  const added = new Map(parts);
  const edit = (name: string, before: string, text: string): void => {
    const part = added.get(name);
    if (part?.includes(before) !== true) throw new Error(`no ${before} in ${name}`);
    added.set(
      name,
      part.replace(before, () => text + before),
    );
  };
  const drawing = 'xl/drawings/drawing1.xml';
  const chartParts = charts.map((_, index) => `xl/charts/chart${index + 1}.xml`);
  edit(sheet, '</worksheet>', '<drawing r:id="rId1"/>');
  added.set(relationships, related([{ type: 'drawing', target: '../drawings/drawing1.xml' }]));
  added.set(drawing, drawingXml(charts));
  added.set(
    'xl/drawings/_rels/drawing1.xml.rels',
    related(chartParts.map((_, index) => ({ type: 'chart', target: `../charts/chart${index + 1}.xml` }))),
  );
  charts.forEach(({ chart }, index) => added.set(chartParts[index] ?? '', chartXml(chart)));
  const overrides = [
    `<Override PartName="/${drawing}" ContentType="${CONTENT_TYPE}.drawing+xml"/>`,
    ...chartParts.map(
      (part) => `<Override PartName="/${part}" ContentType="${CONTENT_TYPE}.drawingml.chart+xml"/>`,
    ),
  ];
  edit('[Content_Types].xml', '</Types>', overrides.join(''));
  return added;
}

const related = (targets: ReadonlyArray<{ type: string; target: string }>): string =>
  `${XML}<Relationships xmlns="${PACKAGE}/relationships">${targets
    .map(
      ({ type, target }, index) =>
        `<Relationship Id="rId${index + 1}" Type="${OFFICE}/${type}" Target="${target}"/>`,
    )
    .join('')}</Relationships>`;

const drawingXml = (charts: readonly PlacedChart[]): string =>
  `${XML}<xdr:wsDr xmlns:xdr="${DRAWING}/spreadsheetDrawing" xmlns:a="${DRAWING}/main">${charts.map(anchorXml).join('')}</xdr:wsDr>`;

function anchorXml({ from, to }: PlacedChart, index: number): string {
  const corner = ({ column, row }: PlacedChart['from']): string =>
    `<xdr:col>${column}</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>${row}</xdr:row><xdr:rowOff>0</xdr:rowOff>`;
  return (
    `<xdr:twoCellAnchor><xdr:from>${corner(from)}</xdr:from><xdr:to>${corner(to)}</xdr:to><xdr:graphicFrame macro="">` +
    `<xdr:nvGraphicFramePr><xdr:cNvPr id="${index + 2}" name="Chart ${index + 1}"/><xdr:cNvGraphicFramePr/></xdr:nvGraphicFramePr>` +
    `<xdr:xfrm><a:off x="0" y="0"/><a:ext cx="0" cy="0"/></xdr:xfrm><a:graphic><a:graphicData uri="${DRAWING}/chart">` +
    `<c:chart xmlns:c="${DRAWING}/chart" xmlns:r="${OFFICE}" r:id="rId${index + 1}"/>` +
    `</a:graphicData></a:graphic></xdr:graphicFrame><xdr:clientData/></xdr:twoCellAnchor>`
  );
}
