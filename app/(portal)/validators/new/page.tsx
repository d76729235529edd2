import { redirect } from "next/navigation";

export default function NewValidatorPage(): never {
  redirect("/validators/new/mode");
}
