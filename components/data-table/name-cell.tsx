import { NameText } from "@/components/figures/name-text";

/** The name of a row: cut where columns stand beside each other, with the whole of it on hover; whole on a card. */
export function NameCell({ name }: { name: string }) {
  return (
    <span title={name} className="block min-w-0 break-words md:max-w-72 md:truncate">
      <NameText name={name} />
    </span>
  );
}
