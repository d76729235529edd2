import type { DecodedMessage } from "@/lib/chain/decode/decoded-transaction";
import { UNIT_SPACE } from "@/lib/format/group-digits";
import { FieldList } from "./transaction-fields";

/** What each message does, as one sentence. */
export function MessageSentences({ messages }: { messages: readonly DecodedMessage[] }) {
  return (
    <ol className="grid gap-2">
      {messages.map((message, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two messages of one transaction may be equal; their place tells them apart
        <li key={index} className="flex gap-3 text-lg font-semibold text-pretty break-words">
          {messages.length > 1 ? <span className="text-ink-faint">{index + 1}</span> : null}
          <span className="min-w-0">{message.title.replaceAll(" %", `${UNIT_SPACE}%`)}.</span>
        </li>
      ))}
    </ol>
  );
}

/** Every field of each message, in the order in which it is signed. */
export function MessageFields({ messages }: { messages: readonly DecodedMessage[] }) {
  return (
    <ol className="grid gap-4">
      {messages.map((message, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two messages of one transaction may be equal; their place tells them apart
        <li key={index} className="rounded-md border">
          <p className="border-b px-4 py-2 font-mono text-xs break-all text-ink-muted">
            {messages.length > 1 ? `${index + 1}. ` : ""}
            {message.typeUrl}
          </p>
          <div className="px-4 py-1.5">
            <FieldList fields={message.fields} />
          </div>
        </li>
      ))}
    </ol>
  );
}
