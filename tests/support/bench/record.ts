import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { renderSection, replaceSection } from "./benchmarks-page";
import type { Benchmark, Figure } from "./figure";
import { median, shortly } from "./statistics";

const docs = join(process.env.BENCH_REPO_DIR ?? ".", "docs");

function rowOf(bench: string, figure: Figure): Benchmark {
  const ours = figure.ours ?? median(figure.samples);
  const peers = figure.peers ?? {};
  const [first] = Object.values(peers);
  return {
    bench,
    metric: figure.metric,
    unit: figure.unit,
    ours: shortly(ours),
    peers: Object.fromEntries(Object.entries(peers).map(([name, value]) => [name, shortly(value)])),
    ratio: first ? shortly(ours / first) : null,
    command: `npm run bench -- ${bench}`,
    date: new Date().toISOString().slice(0, 10),
  };
}

/**
 * Writes what a bench found into both files, in place of what it found before, and prints it. A bench that is stopped halfway writes nothing.
 * `setting` says what was measured, and against what.
 */
export function record(bench: string, setting: string, figures: readonly Figure[]): void {
  const shown = figures.map((figure) => ({ figure, row: rowOf(bench, figure) }));
  const [list, page] = [join(docs, "benchmarks.json"), join(docs, "benchmarks.md")];
  const kept: Benchmark[] = existsSync(list) ? JSON.parse(readFileSync(list, "utf8")) : [];
  const rows = [...kept.filter((row) => row.bench !== bench), ...shown.map(({ row }) => row)];
  rows.sort((one, other) => one.bench.localeCompare(other.bench));
  writeFileSync(list, `${JSON.stringify(rows, null, 2)}\n`);
  const section = renderSection(bench, setting, shown);
  writeFileSync(page, replaceSection(existsSync(page) ? readFileSync(page, "utf8") : "", bench, section));
  process.stdout.write(`${section}\n`);
}
