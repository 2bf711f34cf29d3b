/** One column of a list, the same in a workbook and in CSV. */
export interface ListColumn<Row> {
  heading: string;
  /** In a workbook, in characters of the body's font. */
  width: number;
  isText: boolean;
  /** The list ends with the sum of its rows. */
  isSummed?: true;
  value: (row: Row, index: number) => string | number;
}

/** A table that is no weekly table: what it is called, and its columns. */
export interface ListTable<Row> {
  sheet: string;
  title: string;
  subtitle: string;
  columns: ReadonlyArray<ListColumn<Row>>;
}
