import { notFound } from "next/navigation";

/** Every address below that no page has: answered within the console's frame. */
export default function NoSuchPage(): never {
  notFound();
}
