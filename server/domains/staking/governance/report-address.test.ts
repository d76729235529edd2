import { describe, expect, it } from "vitest";
import { reportAddress } from "./report-address";

const CID = "QmYwAPJzv5CZsnA625s3Xf2nemtYgPpHdWEz79ojWnPbdG";
const CID_1 = "bafybeigdyrzt5sfp7udm7hu76uh7y26nf3efuylqabf3oclgtqy55fbzdi";

describe("the address of an advisory report", () => {
  it.each([
    ["https://reports.example.org/7.json", "https://reports.example.org/7.json"],
    [`ipfs://${CID}`, `https://ipfs.io/ipfs/${CID}`],
    [`ipfs://${CID_1}/report.json`, `https://ipfs.io/ipfs/${CID_1}/report.json`],
    [CID, `https://ipfs.io/ipfs/${CID}`],
  ])("of %s is %s", (uri, address) => expect(reportAddress(uri)).toBe(address));

  it.each(["file:///etc/passwd", "http://reports.example.org/7.json", "ipfs://../secret", "7.json", ""])(
    "is none for %s",
    (uri) => expect(reportAddress(uri)).toBeNull(),
  );
});
