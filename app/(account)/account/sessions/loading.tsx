import { ListLoading } from "@/components/layout/list-loading";

export default function Loading() {
  return <ListLoading title="Sessions" facts="Everywhere that your wallets are signed in." columns={6} />;
}
