/** Seals secrets for the database: what is sealed says which key opens it, and opens only for the row it was sealed for. */
export type Sealer = {
  /** `boundTo` is the id of the row that keeps it; a copy in another row does not open. */
  seal(plain: string, boundTo: string): string;
  /** @throws internal for what was changed, belongs to another row, or was sealed by a key that is not here */
  open(sealed: string, boundTo: string): string;
};
