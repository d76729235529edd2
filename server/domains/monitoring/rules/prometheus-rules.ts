import { conditionWords, RULES, type Rule } from "../constants";

/** `omniphi_behind` as alertmanagers write names: `OmniphiBehind`. */
const alertName = (code: string): string =>
  `Omniphi${code.replace(/(^|_)([a-z0-9])/g, (_, _bar: string, letter: string) => letter.toUpperCase())}`;

// A JSON string is a YAML string; one with quotes in it is written between single ones, as the formatter does.
const quoted = (text: string): string =>
  text.includes('"') ? `'${text.replaceAll("'", "''")}'` : JSON.stringify(text);

/** The rule's condition over the series of `/metrics`, with the rule's own figure. */
const expressionOf = ({ expression, threshold }: Rule): string =>
  expression.replaceAll("{threshold}", String(threshold?.default ?? ""));

/** The same rules for a Prometheus that scrapes `/metrics`, with the rules' own figures; an organisation's are in the product alone. */
export function prometheusRules(publicUrl: string): string {
  const rules = RULES.map((rule) =>
    [
      `      - alert: ${alertName(rule.code)}`,
      `        expr: ${quoted(expressionOf(rule))}`,
      `        for: ${rule.forSeconds}s`,
      "        labels:",
      `          severity: ${rule.severity}`,
      `          rule: ${rule.code}`,
      "        annotations:",
      `          summary: ${quoted(rule.title)}`,
      `          description: ${quoted(conditionWords(rule, rule.threshold?.default ?? null))}`,
      `          runbook_url: ${quoted(new URL(`/docs/runbooks/${rule.runbook}`, publicUrl).toString())}`,
    ].join("\n"),
  );
  return `groups:\n  - name: omniphi\n    interval: 30s\n    rules:\n${rules.join("\n")}\n`;
}
