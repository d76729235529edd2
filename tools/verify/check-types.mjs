import { dirname } from "node:path";
import { ESLint } from "eslint";
import ts from "typescript";
import { repoDir } from "../start/options.mjs";

// What `tsc --noEmit` and `eslint .` say, from one program: reading and typing the product twice would double the time of `npm run verify`.

/** The program that tsconfig.json describes. */
function createProgram(configPath) {
  const host = { ...ts.sys, onUnRecoverableConfigFileDiagnostic: (diagnostic) => throwDiagnostics([diagnostic]) };
  const config = ts.getParsedCommandLineOfConfigFile(configPath, { noEmit: true, incremental: false }, host);
  if (!config) throw new Error(`${configPath} cannot be read`);
  if (config.errors.length > 0) throwDiagnostics(config.errors);
  return ts.createProgram({ rootNames: config.fileNames, options: config.options });
}

const format = (diagnostics) =>
  ts.formatDiagnostics(diagnostics, {
    getCurrentDirectory: () => repoDir,
    getCanonicalFileName: (name) => name,
    getNewLine: () => "\n",
  });

function throwDiagnostics(diagnostics) {
  throw new Error(format(diagnostics));
}

const configPath = ts.findConfigFile(repoDir, ts.sys.fileExists);
const program = createProgram(configPath);
const diagnostics = ts.getPreEmitDiagnostics(program);
if (program.getRootFileNames().length === 0) throw new Error(`${configPath} names no file`);
process.stdout.write(format(diagnostics));

const eslint = new ESLint({
  cwd: dirname(configPath),
  overrideConfig: { languageOptions: { parserOptions: { programs: [program], project: null } } },
});
const results = await eslint.lintFiles(["."]);
const formatter = await eslint.loadFormatter("stylish");
process.stdout.write(await formatter.format(results));

const linted = results.length;
const findings =
  diagnostics.length + results.reduce((sum, { errorCount, warningCount }) => sum + errorCount + warningCount, 0);
process.stdout.write(`${program.getRootFileNames().length} files typed, ${linted} linted, ${findings} findings\n`);
process.exitCode = findings === 0 && linted > 0 ? 0 : 1;
