import { Suspense } from "react";
import { SampleTable } from "./sample-table";

export default async function TablePage({ searchParams }: { searchParams: Promise<{ as?: string }> }) {
  const { as = "ready" } = await searchParams;
  return (
    <main className="p-6">
      <h1 className="sr-only">Sample</h1>
      <Suspense>
        <SampleTable as={as} />
      </Suspense>
    </main>
  );
}
