import type { DecodedMessage } from "@/lib/chain/decode/decoded-transaction";
import { FieldList } from "./transaction-fields";

/** Each message as one sentence, then all of its fields. */
export function SigningMessages({ messages }: { messages: readonly DecodedMessage[] }) {
  return (
    <section aria-label="Messages">
      <ol className="grid gap-4">
        {messages.map((message, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two messages of one transaction may be equal; their place tells them apart
          <li key={index} className="rounded-md border">
            <div className="border-b px-4 py-3">
              <h3 className="text-base font-semibold break-words">
                {messages.length > 1 ? `${index + 1}. ` : ""}
                {message.title}.
              </h3>
              <p className="mt-0.5 font-mono text-xs break-all text-ink-faint">{message.typeUrl}</p>
            </div>
            <div className="px-4 py-1.5">
              <FieldList fields={message.fields} />
            </div>
          </li>
        ))}
      </ol>
    </section>
  );
}
