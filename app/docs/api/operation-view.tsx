import { Panel } from "@/components/ui/panel";
import { describeSchema, type SchemaLine } from "@/server/http/describe-schema";
import type { OpenApiOperation } from "@/server/http/openapi";

type Json = Readonly<Record<string, unknown>>;

/** Indents by nesting; Tailwind needs whole class names. */
const INDENTS = ["pl-0", "pl-4", "pl-8", "pl-12", "pl-16", "pl-20", "pl-24"];

/** Fields as a table: name, type, what is to be known of it. */
function FieldTable({ caption, lines }: { caption: string; lines: readonly SchemaLine[] }) {
  return (
    <div className="overflow-x-auto">
      <table className="w-full text-sm">
        <caption className="pb-1 text-left text-xs font-medium text-ink-muted">{caption}</caption>
        <tbody>
          {lines.map((line) => (
            <tr key={line.path} className="border-t align-baseline">
              <th scope="row" className={`py-1 pr-4 text-left font-mono font-normal ${INDENTS[line.depth] ?? "pl-24"}`}>
                {line.name}
                {line.isRequired ? null : <span className="text-ink-faint">?</span>}
              </th>
              <td className="py-1 pr-4 font-mono text-xs text-ink-muted">{line.type}</td>
              <td className="py-1 text-xs break-words text-ink-muted">{line.notes}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const schemaOf = (content: unknown): Json | undefined => {
  const byType = (content ?? {}) as Readonly<Record<string, { schema?: Json }>>;
  return byType["application/json"]?.schema;
};

type OperationViewProps = { method: string; path: string; operation: OpenApiOperation };

/** One route: its line, who may call it, its input, its answer and its refusals. */
export function OperationView({ method, path, operation }: OperationViewProps) {
  const parameters = (operation.parameters ?? []).flatMap(({ name, in: place, required, schema }) =>
    describeSchema({ properties: { [name]: schema }, required: required ? [name] : [] }).map((line) => ({
      ...line,
      place,
    })),
  );
  const body = schemaOf(operation.requestBody?.content);
  const [successStatus, success] = Object.entries(operation.responses).find(([status]) => status.startsWith("2")) ?? [];
  const answer = schemaOf(success?.content);
  const refusals = Object.keys(operation.responses).filter((status) => !status.startsWith("2"));
  return (
    <div id={operation.operationId} className="scroll-mt-4">
      <Panel
        headingLevel={3}
        title={operation.summary}
        aside={<code className="font-mono">{operation.operationId}</code>}
      >
        <div className="grid gap-4">
          <p className="overflow-x-auto font-mono text-sm whitespace-nowrap">
            <span className="mr-2 font-semibold">{method}</span>
            {path}
          </p>
          {/* The document is Markdown; the page shows its words. */}
          <p className="text-sm text-ink-muted">{operation.description.replaceAll("`", "")}</p>
          {(["path", "query", "header"] as const).map((place) => {
            const lines = parameters.filter((parameter) => parameter.place === place);
            return lines.length > 0 ? <FieldTable key={place} caption={`In the ${place}`} lines={lines} /> : null;
          })}
          {body ? <FieldTable caption="Body" lines={describeSchema(body)} /> : null}
          {answer ? <FieldTable caption={`Answer ${successStatus}`} lines={describeSchema(answer)} /> : null}
          <p className="text-xs text-ink-muted">
            {answer ? "" : `Answer ${successStatus}: ${String(success?.description ?? "")} `}
            Refusals: {refusals.join(", ")}
          </p>
        </div>
      </Panel>
    </div>
  );
}
