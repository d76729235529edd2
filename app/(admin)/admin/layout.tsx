import type { ReactNode } from "react";
import { SignedInConsole } from "@/app/signed-in-console";
import { requireOperator } from "./require-operator";

export const dynamic = "force-dynamic";

export default async function AdminLayout({ children }: { children: ReactNode }) {
  await requireOperator();
  return <SignedInConsole>{children}</SignedInConsole>;
}
