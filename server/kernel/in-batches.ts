/** PostgreSQL takes 65,535 values with one statement (its protocol's Bind message); so many rows of any of our tables are below that. */
const ROWS_A_STATEMENT = 1_000;

/** Rows in portions that one statement can write, in their order; none of no rows. */
export function* inBatches<Row>(rows: readonly Row[], size: number = ROWS_A_STATEMENT): Generator<Row[]> {
  for (let start = 0; start < rows.length; start += size) yield rows.slice(start, start + size);
}
