import { dirname, posix } from "node:path";

const FENCE = /^```[\s\S]*?^```$/gm;
const LINK = /\[[^\]\n]*\]\(([^)\s]+)\)/g;
const CODE = /`([^`\n]+)`/g;
const SCRIPT = /\bnpm (?:run )?([a-z][a-z:.-]*)/g;
const PATH = /^[\w.@()[\]<>*{},…-]+(?:\/[\w.@()[\]<>*{},…-]+)*\/?$/;
const FILE_NAME = /\.(?:ts|tsx|mts|mjs|cjs|json|md|css|sql|go|svg|png|yml|yaml)$/;
const IDENTIFIER = /^(?:[a-z]+[a-z0-9]*[A-Z]\w*|[A-Z][a-z]+[A-Z]\w*|[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)(?:\(\))?$/;
/** What npm itself answers to without a script of that name. */
const NPM_COMMANDS = new Set(["ci", "install", "exec", "ls", "audit", "outdated", "view"]);

const slugOf = (heading) =>
  heading
    .trim()
    .toLowerCase()
    .replace(/[`*]/g, "")
    .replace(/[^\p{L}\p{N}\s-]/gu, "")
    .replace(/\s/g, "-");

const anchorsOf = (text) =>
  new Set([...text.replace(FENCE, "").matchAll(/^#{1,6} (.+)$/gm)].map(([, title]) => slugOf(title)));

/** A path with `<name>`, `*`, `…` or `{a,b}` in it, as a pattern; other signs stand for themselves. */
function patternOf(path) {
  const source = path
    .replace(/\/$/, "")
    .split(/(<[^>]+>|\*+|…|\{[^}]+\})/)
    .map((part) => {
      if (/^(<|\*|…)/.test(part)) return "[^/]+";
      if (part.startsWith("{")) return `(?:${part.slice(1, -1).split(",").map(escapeRegExp).join("|")})`;
      return escapeRegExp(part);
    })
    .join("");
  return new RegExp(`^${source}$`);
}
const escapeRegExp = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** All files, and all folders that hold one. */
function entriesOf(paths) {
  const entries = new Set(paths);
  for (const path of paths) {
    for (let folder = dirname(path); folder !== "."; folder = dirname(folder)) entries.add(folder);
  }
  return [...entries];
}

function deadLinks(doc, { docs, entries }) {
  return [...doc.text.replace(FENCE, "").matchAll(LINK)]
    .map(([, target]) => target)
    .filter((target) => !/^[a-z]+:/.test(target))
    .filter((target) => {
      const [path, anchor] = target.split("#");
      const resolved = path === "" ? doc.path : posix.normalize(posix.join(dirname(doc.path), path)).replace(/\/$/, "");
      if (!entries.includes(resolved)) return true;
      const goal = docs.find((other) => other.path === resolved);
      return anchor !== undefined && goal !== undefined && !anchorsOf(goal.text).has(anchor);
    });
}

/** A path is looked up from the root and from beside the document; a bare file name, anywhere. */
function isDeadPath(path, doc, { entries, topLevel, ignored, sourceText }) {
  const isBare = !path.includes("/");
  if (isBare && !FILE_NAME.test(path)) return false;
  const [first] = path.split("/");
  const isOurs = isBare || topLevel.has(first) || entries.includes(posix.join(dirname(doc.path), first));
  if (!isOurs || ignored.some((folder) => path.startsWith(`${folder}/`))) return false;
  // A file that the product itself writes is named by the code that writes it.
  if (isBare && sourceText.includes(posix.basename(path))) return false;
  const candidates = [patternOf(path), patternOf(posix.normalize(posix.join(dirname(doc.path), path)))];
  if (candidates.some((pattern) => entries.some((entry) => pattern.test(entry)))) return false;
  const anywhere = new RegExp(`(?:^|/)${patternOf(path).source.slice(1)}`);
  return !(isBare && entries.some((entry) => anywhere.test(entry)));
}

function deadCode(doc, context) {
  return [...doc.text.replace(FENCE, "").matchAll(CODE)]
    .map(([, code]) => code.trim())
    .filter((code) => {
      if (IDENTIFIER.test(code)) return !context.sourceText.includes(code.replace("()", ""));
      return PATH.test(code) && !code.startsWith("@") && isDeadPath(code, doc, context);
    });
}

const deadScripts = (doc, { scripts }) =>
  [...doc.text.matchAll(SCRIPT)]
    .filter(([line, name]) =>
      line.startsWith("npm run") || /^(?:start|test)$/.test(name)
        ? !scripts.has(name)
        : !NPM_COMMANDS.has(name) && !scripts.has(name),
    )
    .map(([line]) => line);

/**
 * What documents name and the tree does not have: links and their headings, paths, file names, identifiers and npm scripts.
 * `docs` are `{ path, text }`, `paths` every file of the checkout, `ignored` the paths that exist only after a build or a start.
 */
export function findDeadReferences({ docs, paths, scripts, sourceText, ignored = [] }) {
  const entries = [...entriesOf(paths), ...ignored];
  const topLevel = new Set(entries.map((entry) => entry.split("/")[0]));
  const context = { docs, entries, topLevel, scripts: new Set(scripts), sourceText, ignored };
  return docs.flatMap((doc) =>
    [...deadLinks(doc, context), ...deadCode(doc, context), ...deadScripts(doc, context)].map(
      (reference) => `${doc.path}: ${reference}`,
    ),
  );
}
