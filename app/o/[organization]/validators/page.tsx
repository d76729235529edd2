import type { Metadata } from "next";
import { ValidatorList } from "@/components/validators/validator-list";

export const metadata: Metadata = { title: "My validators" };

export default function ValidatorsPage() {
  return <ValidatorList />;
}
