import { ListLoading } from "@/components/layout/list-loading";

export default function Loading() {
  return (
    <ListLoading
      title="Wallets"
      facts="Each of these opens this account, and can hold validators of its own."
      columns={4}
    />
  );
}
