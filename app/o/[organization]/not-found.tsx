import { NotHere } from "@/components/layout/not-here";

export default function OrganizationNotFound() {
  return <NotHere href="/o" label="Home" />;
}
