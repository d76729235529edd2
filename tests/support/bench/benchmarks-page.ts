import type { Shown } from "./figure";
import { shortly } from "./statistics";

const HEAD = `# Benchmarks

What this product takes and gives, as its own benches measured it: \`npm run bench\` runs them all, \`npm run bench -- pages\` one of them. Each writes its part
of this page and its rows of [benchmarks.json](benchmarks.json) anew. The machine has two shared cores, so a time of the clock may be two or three times what
an idle machine shows; CPU time and ratios within one interleaved run are what to compare. The spread is the least and the most that was seen. No test
asserts a time.
`;

const mark = (bench: string): string => `<!-- bench: ${bench} -->`;

const isMet = ({ figure, row }: Shown): boolean | undefined => {
  if (!figure.goal) return undefined;
  const value = figure.goal.of === "ours" ? row.ours : row.ratio;
  if (value === null) return undefined;
  return value <= (figure.goal.atMost ?? Number.POSITIVE_INFINITY) && value >= (figure.goal.atLeast ?? 0);
};

function goalOf(shown: Shown): string {
  const { goal, unit } = shown.figure;
  if (!goal) return "";
  const bound = goal.atMost === undefined ? `at least ${goal.atLeast}` : `at most ${goal.atMost}`;
  return `${bound}${goal.of === "ratio" ? "×" : ` ${unit}`}: ${isMet(shown) ? "met" : "missed"}`;
}

function line(shown: Shown): string {
  const { figure, row } = shown;
  const spread = `${shortly(Math.min(...figure.samples))}–${shortly(Math.max(...figure.samples))}`;
  const peers = Object.entries(row.peers).map(([name, value]) => `${name}: ${value}`);
  const cells = [
    row.metric,
    `${row.ours} ${row.unit}`,
    `${spread} (${figure.samples.length})`,
    peers.join("; "),
    row.ratio === null ? "" : `${row.ratio}×`,
    goalOf(shown),
  ];
  return `| ${cells.join(" | ")} |`;
}

/** A bench's part of the page: its setting, a row for each figure, and the cause of each missed goal. */
export function renderSection(bench: string, setting: string, shown: readonly Shown[]): string {
  const missed = shown.filter((one) => isMet(one) === false && one.figure.cause);
  const causes = [...new Set(missed.map(({ figure }) => figure.cause))];
  return [
    mark(bench),
    `## ${bench}`,
    "",
    `${setting} Measured on ${shown[0]?.row.date} by \`${shown[0]?.row.command}\`.`,
    "",
    "| figure | ours | spread (samples) | peer | ratio | goal |",
    "|---|---|---|---|---|---|",
    ...shown.map(line),
    ...causes.flatMap((cause) => ["", `**Distance.** ${cause}`]),
    "",
  ].join("\n");
}

/** The page with this bench's part in place of its former one, the parts in the order of their names. */
export function replaceSection(page: string, bench: string, section: string): string {
  const parts = page.split(/(?=^<!-- bench: )/m).filter((part) => part.startsWith("<!-- bench: "));
  const kept = parts.filter((part) => !part.startsWith(mark(bench))).map((part) => part.trimEnd());
  return `${[HEAD.trimEnd(), ...[...kept, section.trimEnd()].sort()].join("\n\n")}\n`;
}
