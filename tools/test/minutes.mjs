import { budgets, totalBudgetMinutes } from "./budgets.mjs";
import { productOf } from "./products.mjs";

const SLOWEST_FILES = 3;
const minutesOf = (elapsedMs) => elapsedMs / 60_000;
const phrase = (minutes) => minutes.toFixed(1);
const byMost = ([, a], [, b]) => b - a;

/** Adds up by key, the most first. */
function sumBy(pairs) {
  const sums = new Map();
  for (const [key, amount] of pairs) sums.set(key, (sums.get(key) ?? 0) + amount);
  return [...sums].sort(byMost);
}

/** A suite's minutes shared out to products by the time of their files, so that starts and waits are paid by who causes them. */
export function shareByProduct({ elapsedMs, files }, domains) {
  const times = sumBy(files.map(({ path, elapsedMs: fileMs }) => [productOf(path, domains), fileMs]));
  const total = times.reduce((sum, [, fileMs]) => sum + fileMs, 0);
  if (total === 0) return [["platform", elapsedMs]];
  return times.map(([product, fileMs]) => [product, (fileMs / total) * elapsedMs]);
}

/** Three seconds and less are said of nobody. */
const SHOWN_MINUTES = 0.05;
const list = (shares) =>
  shares
    .filter(([, elapsedMs]) => minutesOf(elapsedMs) >= SHOWN_MINUTES)
    .map(([name, elapsedMs]) => `${name} ${phrase(minutesOf(elapsedMs))}`)
    .join(", ");

/** The lines that end a run: minutes by suite, lane and product, and what took longer than its budget. `checks`: `{ name, lane, elapsedMs, files }`. */
export function describeMinutes(checks, { domains, totalMs }) {
  const shared = checks.map((check) => ({ ...check, shares: shareByProduct(check, domains) }));
  const suites = shared.map(({ name, elapsedMs, shares }) => {
    const text = `${name} ${phrase(minutesOf(elapsedMs))}`;
    return ["minutes", shares.length > 1 && list(shares) !== "" ? `${text} (${list(shares)})` : text];
  });
  const lanes = sumBy(checks.map(({ lane, elapsedMs }) => [lane, elapsedMs])).map(([lane, elapsedMs]) => [
    `lane ${lane}`,
    `${phrase(minutesOf(elapsedMs))} minutes: ${checks
      .filter((check) => check.lane === lane)
      .map(({ name }) => name)
      .join(", ")}`,
  ]);
  const products = ["products", list(sumBy(shared.flatMap(({ shares }) => shares)))];
  return [...suites, ...lanes, products, ...describeExcess(checks, totalMs)];
}

function describeExcess(checks, totalMs) {
  const excess = checks.flatMap(({ name, elapsedMs, files }) => {
    if (!(minutesOf(elapsedMs) > budgets[name])) return [];
    const slowest = [...files].sort((a, b) => b.elapsedMs - a.elapsedMs).slice(0, SLOWEST_FILES);
    const named = slowest.map((file) => `${file.path} ${phrase(minutesOf(file.elapsedMs))}`).join(", ");
    const over = `${name} took ${phrase(minutesOf(elapsedMs))} of ${phrase(budgets[name])} minutes`;
    return [["over budget", named === "" ? over : `${over}; slowest: ${named}`]];
  });
  const total = minutesOf(totalMs);
  if (total <= totalBudgetMinutes) return excess;
  return [...excess, ["over budget", `everything took ${phrase(total)} of ${totalBudgetMinutes} minutes`]];
}
