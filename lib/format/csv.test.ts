import { describe, expect, it } from "vitest";
import { csvLine, toCsv } from "./csv";

const field = (text: string) => csvLine([text]).slice(1, -3);

describe("toCsv", () => {
  it("writes quoted fields with CRLF", () => {
    expect(toCsv(["name", "note"], [["eu-1", 'said "no",\nthen left']])).toBe(
      '"name","note"\r\n"eu-1","said ""no"",\nthen left"\r\n',
    );
  });

  it.each([
    "=1+1",
    "+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(A1)",
    "\t=1",
    " =1",
    "\r=1",
    "\tA1",
    "\rA1",
    "\nA1",
    "＝1+1",
    "＋1",
    "－1",
    "＠A1",
    '=HYPERLINK("http://x")',
    "-",
  ])("keeps a spreadsheet from running %j", (text) => {
    expect(field(text).startsWith("'")).toBe(true);
  });

  it.each([
    ["x;=cmd|'/C calc'!A0;", "x;'=cmd|'/C calc'!A0;"],
    ['{"a":"x";"=1"}', '{""a"":""x"";""\'=1""}'],
    ["a\t@SUM(A1)", "a\t'@SUM(A1)"],
    ["a; b", "a; b"],
  ])("keeps one that parts cells elsewhere from running %j", (text, written) => {
    expect(field(text)).toBe(written);
  });

  it("lets no cell end before its end, so that none of them begins anew behind a quote", () => {
    expect(csvLine(['a","=1+1', "b"])).toBe('"a"",""=1+1","b"\r\n');
  });

  it.each(["-1.5", "+7", "12", "eu-1", "a=b", "", "'"])("leaves %j as it is", (text) => {
    expect(field(text)).toBe(text);
  });
});
