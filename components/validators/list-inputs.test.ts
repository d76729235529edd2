import { expect, it } from "vitest";
import type { SetupWithNode } from "@/server/domains/validators/requests/schemas";
import { STRIP_BLOCKS, stripInputs } from "./strip-inputs";
import { validatorListInput } from "./validator-list-input";

it("asks for what the list's address says, and for nothing that no standing is called", () => {
  const of = (query: string) => validatorListInput(new URLSearchParams(query));
  expect(of("")).toEqual({ limit: 50 });
  expect(of("standing=signing&search=eu&cursor=c&columns=x")).toEqual({
    limit: 50,
    standing: "signing",
    search: "eu",
    cursor: "c",
  });
  expect(of("standing=nonsense&search=")).toEqual({ limit: 50 });
});

it("asks once for each network, for the validators that have a key and are active", () => {
  const row = (networkId: string, consensusAddress: string | null, status = "active") =>
    // Cast: of a request the function reads these three fields alone.
    ({ setupRequest: { networkId, consensusAddress, status }, node: null }) as unknown as SetupWithNode;
  expect(
    stripInputs([
      row("net_a", "A"),
      row("net_b", "B"),
      row("net_a", "C"),
      row("net_a", null),
      row("net_a", "D", "failed"),
    ]),
  ).toEqual([
    { networkId: "net_a", consensusAddresses: ["A", "C"], blocks: STRIP_BLOCKS },
    { networkId: "net_b", consensusAddresses: ["B"], blocks: STRIP_BLOCKS },
  ]);
});
