import { escapeXml } from './xml-text.js';

/** Cells of one column of a sheet, with what stands in them: programs draw that before they have read the sheet. */
export interface CellRange {
  sheet: string;
  letter: string;
  first: number;
  last: number;
}
export interface Series {
  name: string;
  color: string;
  cells: CellRange;
  /** Null where nothing can be drawn. */
  values: ReadonlyArray<number | null>;
}

/** Bars from left to right, one group of them for each category, the first on top. */
export interface BarChart {
  title: string;
  font: string;
  /** Of the numbers along the axis and at the bars, as in a cell. */
  formats: { axis: string; labels: string };
  categories: { cells: CellRange; names: readonly string[] };
  /** Each is drawn over the one before: the later ones are parts of the earlier. */
  series: readonly Series[];
  /** Of the axis; null lets the program choose. */
  most: number | null;
}

const NAMESPACES =
  'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"';

const INK = '1F2A44';
/** Of labels on bars that are parts of others. */
const PAPER = 'FFFFFF';
const fillXml = (color: string): string => `<a:solidFill><a:srgbClr val="${color}"/></a:solidFill>`;

/** A name of a sheet in a formula is quoted whatever it holds. */
export const formulaOf = ({ sheet, letter, first, last }: CellRange): string =>
  `'${sheet.replaceAll("'", "''")}'!$${letter}$${first}:$${letter}$${last}`;

/** A `c:chartSpace` part. */
export function chartXml(chart: BarChart): string {
  const { title, font, formats, series, most } = chart;
  const face = `<a:latin typeface="${escapeXml(font)}"/><a:ea typeface="${escapeXml(font)}"/>`;
  const small = (ink = INK): string =>
    `<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="900" b="0">${fillXml(ink)}${face}</a:defRPr></a:pPr><a:endParaRPr lang="zh-CN"/></a:p></c:txPr>`;
  const legend =
    series.length > 1 ? `<c:legend><c:legendPos val="b"/><c:overlay val="0"/>${small()}</c:legend>` : '';
  return (
    `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<c:chartSpace ${NAMESPACES}><c:roundedCorners val="0"/><c:chart>` +
    `<c:title><c:tx><c:rich><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="1400" b="1">${face}</a:defRPr></a:pPr><a:r><a:rPr lang="zh-CN" sz="1400" b="1">${face}</a:rPr><a:t>${escapeXml(title)}</a:t></a:r></a:p></c:rich></c:tx><c:overlay val="0"/></c:title>` +
    `<c:autoTitleDeleted val="0"/><c:plotArea><c:layout/><c:barChart><c:barDir val="bar"/><c:grouping val="clustered"/><c:varyColors val="0"/>` +
    series.map((one, index) => seriesXml(one, index, chart, small(index === 0 ? INK : PAPER))).join('') +
    `<c:gapWidth val="60"/><c:overlap val="100"/><c:axId val="111111111"/><c:axId val="222222222"/></c:barChart>` +
    `<c:catAx><c:axId val="111111111"/><c:scaling><c:orientation val="maxMin"/></c:scaling><c:delete val="0"/><c:axPos val="l"/><c:numFmt formatCode="General" sourceLinked="0"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="low"/>${small()}<c:crossAx val="222222222"/><c:crosses val="autoZero"/><c:auto val="1"/><c:lblAlgn val="ctr"/><c:lblOffset val="100"/><c:noMultiLvlLbl val="0"/></c:catAx>` +
    `<c:valAx><c:axId val="222222222"/><c:scaling><c:orientation val="minMax"/>${most === null ? '' : `<c:max val="${most}"/>`}<c:min val="0"/></c:scaling><c:delete val="0"/><c:axPos val="b"/><c:majorGridlines><c:spPr><a:ln w="6350">${fillXml('D9D9D9')}</a:ln></c:spPr></c:majorGridlines><c:numFmt formatCode="${escapeXml(formats.axis)}" sourceLinked="0"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="high"/>${small()}<c:crossAx val="111111111"/><c:crosses val="autoZero"/><c:crossBetween val="between"/></c:valAx>` +
    `</c:plotArea>${legend}<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart></c:chartSpace>`
  );
}

function seriesXml(
  { name, color, cells, values }: Series,
  index: number,
  { categories, formats }: BarChart,
  labels: string,
): string {
  const names = categories.names.map(
    (category, place) => `<c:pt idx="${place}"><c:v>${escapeXml(category)}</c:v></c:pt>`,
  );
  const points = values.map((value, place) =>
    value === null ? '' : `<c:pt idx="${place}"><c:v>${value}</c:v></c:pt>`,
  );
  return (
    `<c:ser><c:idx val="${index}"/><c:order val="${index}"/><c:tx><c:v>${escapeXml(name)}</c:v></c:tx>` +
    `<c:spPr>${fillXml(color)}</c:spPr><c:invertIfNegative val="0"/>` +
    `<c:dLbls><c:numFmt formatCode="${escapeXml(formats.labels)}" sourceLinked="0"/><c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>${labels}<c:dLblPos val="${index === 0 ? 'outEnd' : 'inEnd'}"/><c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/><c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/></c:dLbls>` +
    `<c:cat><c:strRef><c:f>${escapeXml(formulaOf(categories.cells))}</c:f><c:strCache><c:ptCount val="${names.length}"/>${names.join('')}</c:strCache></c:strRef></c:cat>` +
    `<c:val><c:numRef><c:f>${escapeXml(formulaOf(cells))}</c:f><c:numCache><c:formatCode>General</c:formatCode><c:ptCount val="${values.length}"/>${points.join('')}</c:numCache></c:numRef></c:val></c:ser>`
  );
}
