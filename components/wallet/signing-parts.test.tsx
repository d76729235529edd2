import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import type { DecodedField, DecodedTransaction } from "@/lib/chain/decode/decoded-transaction";
import { BeforeAfter } from "./before-after";
import { PermanentBlock } from "./permanent-block";
import { MessageFields, MessageSentences } from "./signing-messages";

const OPERATOR = `omnivaloper1${"q".repeat(38)}`;

const field = (path: string, display: string, marks: Partial<DecodedField> = {}): DecodedField => ({
  path,
  group: "",
  label: path,
  display,
  raw: display,
  permanent: false,
  unknown: false,
  ...marks,
});

function setup(fields: readonly DecodedField[]): DecodedTransaction {
  return {
    encoding: "direct",
    hasUnknown: fields.some((each) => each.unknown),
    warnings: [],
    fingerprint: "K3QZ-7TXM-0VJ4-9R2D",
    envelope: [field("fee.amount", "5250 omniphi")],
    messages: [{ typeUrl: "/cosmos.staking.v1beta1.MsgDelegate", title: "Stake 5 OMNI", known: true, fields }],
  };
}

const text = (markup: string) => markup.replace(/<[^>]*>/g, " ");

describe("the signing sheet's parts", () => {
  it("shorten no address, key or unknown bytes", () => {
    const unknownBytes = "0a".repeat(300);
    const { messages } = setup([field("operator", OPERATOR), field("field 19", unknownBytes, { unknown: true })]);
    const shown = text(renderToStaticMarkup(<MessageFields messages={messages} />));
    expect(shown).toContain(OPERATOR);
    expect(shown).toContain(unknownBytes);
    expect(shown).not.toContain("…");
    expect(shown).toContain("not understood");
  });

  it("leave out no field of any message", () => {
    const { messages } = setup(Array.from({ length: 40 }, (_, index) => field(`label-${index}.`, `value-${index}.`)));
    const shown = text(renderToStaticMarkup(<MessageFields messages={[...messages, ...messages]} />));
    for (let index = 0; index < 40; index += 1) {
      expect(shown.split(`label-${index}.`)).toHaveLength(3);
      expect(shown.split(`value-${index}.`)).toHaveLength(3);
    }
  });

  it("number the sentences of several messages, even equal ones", () => {
    const { messages } = setup([]);
    expect(
      text(renderToStaticMarkup(<MessageSentences messages={[...messages, ...messages]} />)).match(/Stake 5 OMNI/g),
    ).toHaveLength(2);
  });

  it("frame what can never be changed, and only that", () => {
    const shown = text(
      renderToStaticMarkup(
        <PermanentBlock decoded={setup([field("max rate", "20 %", { permanent: true }), field("rate", "5 %")])} />,
      ),
    );
    expect(shown).toContain("Can never be changed after this");
    expect(shown).toContain("20 %");
    expect(shown).not.toContain(" 5 %");
    expect(renderToStaticMarkup(<PermanentBlock decoded={setup([field("rate", "5 %")])} />)).toBe("");
  });

  it("set text from the chain as text, never as markup", () => {
    const { messages } = setup([field("details", '"<img src=x onerror=alert(1)>"')]);
    expect(renderToStaticMarkup(<MessageFields messages={messages} />)).not.toContain("<img");
  });

  it("say what could not be simulated instead of showing a zero", () => {
    const unavailable = text(
      renderToStaticMarkup(<BeforeAfter status="unavailable" reason="the chain did not answer." />),
    );
    expect(unavailable).toContain("Not known: the chain did not answer.");
    const partly = text(
      renderToStaticMarkup(
        <BeforeAfter
          status="simulated"
          atHeightBlocks="12"
          rows={[{ label: "Rank", before: null, after: "14 of 61" }]}
        />,
      ),
    );
    expect(partly).toContain("not known");
    expect(partly).not.toMatch(/\b0\b/);
  });
});
