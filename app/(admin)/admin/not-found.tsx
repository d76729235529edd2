import { NotHere } from "@/components/layout/not-here";

export default function AdminNotFound() {
  return <NotHere href="/admin" label="Platform" />;
}
