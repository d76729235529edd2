import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { DocsFrame } from "../../docs-frame";
import { readApi } from "../api-document";
import { OperationView } from "./operation-view";

type Props = { params: Promise<{ tag: string }> };

const groupOf = async ({ params }: Props) => {
  const [{ tag }, api] = await Promise.all([params, readApi()]);
  return { api, group: api.groups.find(({ slug }) => slug === tag) };
};

export async function generateMetadata(props: Props): Promise<Metadata> {
  return { title: `${(await groupOf(props)).group?.tag ?? "No such part"} · API` };
}

/** The routes under one heading, each with what it takes, answers and refuses. */
export default async function ApiTagPage(props: Props) {
  const { api, group } = await groupOf(props);
  if (!group) notFound();
  return (
    <DocsFrame current={`/docs/api/${group.slug}`}>
      <h1 className="text-2xl font-semibold tracking-tight">{group.tag}</h1>
      <ul className="mt-4 columns-1 gap-8 text-sm sm:columns-2">
        {group.operations.map(({ operation }) => (
          <li key={operation.operationId}>
            <a href={`#${operation.operationId}`} className="block py-1 text-accent underline underline-offset-4">
              {operation.summary}
            </a>
          </li>
        ))}
      </ul>
      <div className="mt-8 grid gap-4">
        {group.operations.map((one) => (
          <OperationView key={one.operation.operationId} {...one} components={api.document.components.schemas} />
        ))}
      </div>
    </DocsFrame>
  );
}
