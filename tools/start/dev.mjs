import { basename } from "node:path";
import { bundler } from "./process-bundles.mjs";

/**
 * Rebuilds the processes when a source changes and hands each rebuilt name to `onRebuilt`. Resolves after the first
 * bundle; returns how to stop.
 */
export async function watchProcesses({ repoDir, reporter, onRebuilt }) {
  const { esbuild, options } = await bundler(repoDir);
  const contexts = [];
  for (const [name, path] of Object.entries(options.entryPoints)) {
    let isFirst = true;
    let settleFirst;
    const first = new Promise((resolve) => {
      settleFirst = resolve;
    });
    const context = await esbuild.context({
      ...options,
      entryPoints: { [name]: path },
      plugins: [
        {
          name: "restart-on-rebuild",
          setup(build) {
            build.onEnd((result) => {
              for (const error of result.errors) {
                const where = error.location ? `${error.location.file}:${error.location.line} ` : "";
                reporter.line(name, `not rebuilt: ${where}${error.text}`);
              }
              if (!isFirst && result.errors.length === 0) onRebuilt(basename(path, ".ts"));
              isFirst = false;
              settleFirst();
            });
          },
        },
      ],
    });
    await context.watch();
    await first;
    contexts.push(context);
  }
  return { stop: () => Promise.all(contexts.map((context) => context.dispose())) };
}
