/**
 * How many minutes each suite may take on two cores with warm caches, beside the other lane. One that takes longer is named at the end of the
 * run; it fails nothing. Who adds a product raises its suites here, and sees what it costs.
 */
export const budgets = {
  types: 1.75,
  unit: 0.5,
  meta: 1,
  unused: 0.5,
  production: 0.5,
  graph: 0.5,
  format: 0.25,
  devnet: 1,
  contract: 4,
  real: 7,
  e2e: 9,
  integration: 6,
  http: 3,
  build: 1.5,
  launcher: 7,
  generator: 5,
};

/** For everything, from the first line to the last. */
export const totalBudgetMinutes = 25;
