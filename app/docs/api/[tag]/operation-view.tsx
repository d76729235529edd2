import { Panel } from "@/components/ui/panel";
import { describeSchema, type SchemaLine } from "@/server/http/describe-schema";
import type { OpenApiOperation } from "@/server/http/openapi/build";
import { inlined } from "@/server/http/openapi/component-schemas";

type Json = Readonly<Record<string, unknown>>;

/** Of every row at once: a page of a thousand rows should not say it a thousand times. */
const TABLE =
  "w-full table-fixed text-sm [&_td]:py-1 [&_td]:break-words [&_td]:text-xs [&_td]:text-ink-muted [&_th]:w-5/12 [&_th]:py-1 [&_th]:pr-4 [&_th]:break-words [&_th]:text-left [&_th]:font-mono [&_th]:font-normal [&_tr]:border-t [&_tr]:align-baseline max-sm:[&_td:last-child]:col-span-2 max-sm:[&_td:last-child]:empty:hidden max-sm:[&_td]:w-auto max-sm:[&_th]:w-auto max-sm:[&_tr]:grid max-sm:[&_tr]:grid-cols-[minmax(0,1fr)_auto] max-sm:[&_tr]:items-baseline";

/** Fields as a table: name, type, what is to be known of it. A question mark marks what may be left out. */
function FieldTable({ caption, lines }: { caption: string; lines: readonly SchemaLine[] }) {
  return (
    <div className="overflow-x-auto">
      <table className={TABLE}>
        <caption className="pb-1 text-left text-xs font-medium text-ink-muted">{caption}</caption>
        <tbody>
          {lines.map((line) => (
            <tr key={line.path}>
              <th scope="row">
                {"\u2003".repeat(line.depth)}
                {line.name}
                {line.isRequired ? "" : "?"}
              </th>
              <td className="w-1/4 pr-4 font-mono">{line.type}</td>
              <td>{line.notes}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

type Content = { readonly schema?: Json; readonly example?: unknown };

const jsonOf = (content: unknown): Content =>
  ((content ?? {}) as Readonly<Record<string, Content>>)["application/json"] ?? {};

/** One body or answer as it is sent. */
function Example({ of, content }: { of: string; content: Content }) {
  if (content.example === undefined) return null;
  return (
    <details className="text-sm">
      <summary className="cursor-pointer text-xs font-medium text-ink-muted">Example: {of}</summary>
      <pre className="mt-1 rounded-md border bg-sunken p-3 font-mono text-xs wrap-anywhere whitespace-pre-wrap">
        {JSON.stringify(content.example, null, 2)}
      </pre>
    </details>
  );
}

type OperationViewProps = {
  method: string;
  path: string;
  operation: OpenApiOperation;
  components: Readonly<Record<string, Json>>;
};

/** One route: its line, who may call it, its input, its answer and its refusals. */
export function OperationView({ method, path, operation, components }: OperationViewProps) {
  const parameters = (operation.parameters ?? []).flatMap(({ name, in: place, required, schema }) =>
    describeSchema({ properties: { [name]: inlined(schema, components) }, required: required ? [name] : [] }).map(
      (line) => ({
        ...line,
        place,
      }),
    ),
  );
  const asked = jsonOf(operation.requestBody?.content);
  const body = asked.schema;
  const [successStatus, success] = Object.entries(operation.responses).find(([status]) => status.startsWith("2")) ?? [];
  const answered = jsonOf(success?.content);
  const answer = answered.schema;
  const refusals = Object.keys(operation.responses).filter((status) => !status.startsWith("2"));
  return (
    <div id={operation.operationId} className="scroll-mt-4">
      <Panel
        headingLevel={3}
        title={operation.summary}
        aside={<code className="font-mono">{operation.operationId}</code>}
      >
        <div className="grid gap-4">
          <p className="font-mono text-sm wrap-anywhere">
            <span className="mr-2 font-semibold">{method}</span>
            {path}
          </p>
          {/* The document is Markdown; the page shows its words. */}
          <p className="text-sm text-ink-muted">{operation.description.replaceAll("`", "")}</p>
          {(["path", "query", "header"] as const).map((place) => {
            const lines = parameters.filter((parameter) => parameter.place === place);
            return lines.length > 0 ? <FieldTable key={place} caption={`In the ${place}`} lines={lines} /> : null;
          })}
          {body ? <FieldTable caption="Body" lines={describeSchema(inlined(body, components))} /> : null}
          <Example of="body" content={asked} />
          {answer ? (
            <FieldTable caption={`Answer ${successStatus}`} lines={describeSchema(inlined(answer, components))} />
          ) : null}
          <Example of="answer" content={answered} />
          <p className="text-xs text-ink-muted">
            {answer ? "" : `Answer ${successStatus}: ${String(success?.description ?? "")} `}
            Refusals: {refusals.join(", ")}
          </p>
        </div>
      </Panel>
    </div>
  );
}
