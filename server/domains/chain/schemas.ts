import { z } from "zod";
import { boundedText, inOneSpelling, patternText, webUrlText } from "@/server/kernel/text";
import { DEFAULT_NETWORK_REF } from "./constants";

/** Our id of the network or its chain id; both are unique and neither can be the other. */
export const NetworkRef = boundedText(100).min(1);
/** The same where it may be left out: then it is the default network. */
export const NetworkRefOrDefault = NetworkRef.default(DEFAULT_NETWORK_REF);

/** A share, a rate or a price as the chain writes it. */
export const Dec = z.string().regex(/^\d{1,20}(\.\d{1,18})?$/, "a decimal number of at most 18 digits after the point");
/** An address that a network is read from. */
export const Url = webUrlText(500);
/** A bech32 text of any kind; which prefix it must have is known where its network is. */
export const AddressText = boundedText(120)
  .transform(inOneSpelling)
  .pipe(patternText(/^[a-z]{1,30}1[02-9ac-hj-np-z]{6,89}$/, "an address, not in mixed case", 120));
/** A consensus address as blocks have it. */
export const Hex20 = z.string().regex(/^[0-9A-F]{40}$/, "20 bytes in upper-case hex");
/** Hash of a block or of a set; empty where the chain gives none. */
export const Hash = z.string().regex(/^[0-9A-F]{0,64}$/, "upper-case hex");
/** Of a block, as CometBFT counts: 63 bits. */
export const Height = z.bigint().min(0n).max(9_223_372_036_854_775_807n);
