import ts from "typescript";
import type { TextFile } from "./repository-files";

/** A table whose rows have states: its name in code, its name in the database, and the property that holds the state. */
export type StatefulTable = { readonly identifier: string; readonly name: string; readonly column: string };

const lineOf = (source: ts.SourceFile, node: ts.Node) =>
  source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1;
const nameOf = (node: ts.PropertyName | ts.BindingName | undefined) =>
  node !== undefined && (ts.isIdentifier(node) || ts.isStringLiteral(node)) ? node.text : undefined;

/** The table that a chain of calls such as `tx.update(table).set(…).where(…)` writes to. */
function writtenTable(call: ts.Expression): string | undefined {
  for (let at: ts.Expression = call; ; ) {
    if (ts.isCallExpression(at)) {
      const callee = at.expression;
      const first = at.arguments[0];
      if (
        ts.isPropertyAccessExpression(callee) &&
        (callee.name.text === "update" || callee.name.text === "insert") &&
        first !== undefined &&
        ts.isIdentifier(first)
      )
        return first.text;
      at = callee;
    } else if (ts.isPropertyAccessExpression(at)) at = at.expression;
    else return undefined;
  }
}

/** Whether a name stands for values that cannot hold the state: a parameter of the type `Patch`, or what is left when the state was taken out. */
function isWithoutState(name: string, from: ts.Node, column: string): boolean {
  for (let scope: ts.Node | undefined = from; scope !== undefined; scope = scope.parent) {
    if (ts.isFunctionLike(scope)) {
      const parameter = scope.parameters.find((one) => nameOf(one.name as ts.BindingName) === name);
      if (parameter) return parameter.type?.getText().startsWith("Patch<") ?? false;
    }
    if (ts.isBlock(scope)) {
      for (const declaration of scope.statements.flatMap((one) =>
        ts.isVariableStatement(one) ? [...one.declarationList.declarations] : [],
      )) {
        if (!ts.isObjectBindingPattern(declaration.name)) continue;
        const rest = declaration.name.elements.find((one) => one.dotDotDotToken && nameOf(one.name) === name);
        if (rest) return declaration.name.elements.some((one) => nameOf(one.propertyName ?? one.name) === column);
      }
    }
  }
  return false;
}

/** Whether values that are written may hold the state's column. */
function mayHold(values: ts.Expression, column: string): boolean {
  if (ts.isObjectLiteralExpression(values)) {
    return values.properties.some((property) =>
      ts.isSpreadAssignment(property) ? mayHold(property.expression, column) : nameOf(property.name) === column,
    );
  }
  if (ts.isConditionalExpression(values)) return mayHold(values.whenTrue, column) || mayHold(values.whenFalse, column);
  if (ts.isParenthesizedExpression(values)) return mayHold(values.expression, column);
  return !(ts.isIdentifier(values) && isWithoutState(values.text, values, column));
}

/** Writes of a state that do not go through `move`, each with its place: updates by the query builder and in SQL. */
export function statusWrites(files: readonly TextFile[], tables: readonly StatefulTable[]): readonly string[] {
  return files.flatMap((file) => {
    const source = ts.createSourceFile(file.path, file.text, ts.ScriptTarget.Latest, true);
    const found: string[] = [];
    const report = (node: ts.Node, table: StatefulTable) =>
      found.push(`${file.path}:${lineOf(source, node)} writes ${table.name}.${table.column}; only move may`);
    const check = (call: ts.CallExpression, values: ts.Expression | undefined) => {
      const table = tables.find(({ identifier }) => identifier === writtenTable(call));
      if (table && values && mayHold(values, table.column)) report(values, table);
    };
    const visit = (node: ts.Node): void => {
      if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) {
        const [first] = node.arguments;
        if (node.expression.name.text === "set") check(node, first);
        if (node.expression.name.text === "onConflictDoUpdate" && first && ts.isObjectLiteralExpression(first)) {
          const set = first.properties.find((one) => nameOf(one.name) === "set");
          if (set && ts.isPropertyAssignment(set)) check(node, set.initializer);
          if (set && ts.isShorthandPropertyAssignment(set)) check(node, set.name);
        }
      }
      if (ts.isTaggedTemplateExpression(node)) {
        const text = node.template.getText(source);
        for (const table of tables) {
          if (
            new RegExp(
              `update\\s+"?${table.name}"?\\s[\\s\\S]*\\bset\\b(?:(?!\\bwhere\\b)[\\s\\S])*?\\b${table.column}"?\\s*=`,
              "i",
            ).test(text)
          )
            report(node, table);
        }
      }
      ts.forEachChild(node, visit);
    };
    visit(source);
    return found;
  });
}

/** Columns named for a state that no enum and no `writtenState` declares, by place. */
export function undeclaredStates(files: readonly TextFile[]): readonly string[] {
  const column = /^\s+(status|state|\w+State): (?!writtenState<)(\w+)\(/gm;
  return files.flatMap(({ path, text }) => {
    const enums = new Set([...text.matchAll(/export const (\w+) = pgEnum\(/g)].map(([, name]) => name));
    return [...text.matchAll(column)]
      .filter(([, , builder]) => !enums.has(builder))
      .map(([, name, builder]) => `${path}: ${name} is a ${builder}, neither an enum of its states nor a writtenState`);
  });
}

/** Edges of each state diagram of a README, as `from > to`, sorted. */
export const diagramsOf = (markdown: string): readonly (readonly string[])[] =>
  [...markdown.matchAll(/```mermaid\nstateDiagram-v2\n([\s\S]*?)```/g)].map(([, body = ""]) =>
    [...body.matchAll(/^\s*(\w+) --> (\w+)/gm)].map(([, from, to]) => `${from} > ${to}`).sort(),
  );
