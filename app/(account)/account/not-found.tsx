import { NotHere } from "@/components/layout/not-here";

export default function AccountNotFound() {
  return <NotHere href="/account/wallets" label="Wallets" />;
}
