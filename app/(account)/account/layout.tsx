import type { ReactNode } from "react";
import { SignedInConsole } from "@/app/signed-in-console";

export const dynamic = "force-dynamic";

export default function AccountLayout({ children }: { children: ReactNode }) {
  return <SignedInConsole>{children}</SignedInConsole>;
}
