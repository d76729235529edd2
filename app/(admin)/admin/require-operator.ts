import "server-only";
import { notFound, redirect } from "next/navigation";
import { api } from "@/server/trpc/server";

/** Lets operators and admins of the platform pass. For everybody else these pages are not there. */
export async function requireOperator(): Promise<void> {
  const me = await (await api()).identity.me();
  if (!me?.user) redirect("/sign-in?next=/admin/setup-requests");
  if (me.user.platformRole === "user") notFound();
}
