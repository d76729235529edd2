import { describe, expect, it } from "vitest";
import { toCsv } from "./csv";

const field = (text: string) => toCsv([text], []).slice(1, -3);

describe("toCsv", () => {
  it("writes quoted fields with CRLF", () => {
    expect(toCsv(["name", "note"], [["eu-1", 'said "no",\nthen left']])).toBe(
      '"name","note"\r\n"eu-1","said ""no"",\nthen left"\r\n',
    );
  });

  it.each(["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", " =1", "\r=1", '=HYPERLINK("http://x")', "-"])(
    "keeps a spreadsheet from running %j",
    (text) => {
      expect(field(text).startsWith("'")).toBe(true);
    },
  );

  it.each(["-1.5", "+7", "12", "eu-1", "a=b", "", "'"])("leaves %j as it is", (text) => {
    expect(field(text)).toBe(text);
  });
});
