import "server-only";
import { notFound } from "@/server/kernel/errors";
import { admitting } from "./admission/entry";
import { admissionRule } from "./admission/rule";
import { securityTxt } from "./security-txt";

const PATH = "/.well-known/security.txt";
const RULE = admissionRule({ operation: `GET ${PATH}`, route: PATH });

/** Answers with this installation's contact for weaknesses; there is no such file where nobody gave one. */
export const handleSecurityTxt = admitting({
  find: (method) =>
    method === "GET" ? { kind: "found", rule: RULE } : { kind: "method_not_allowed", allowed: ["GET"] },
  answer: async ({ runtime: { settings } }) => {
    const { securityContact: contact, publicUrl } = settings;
    if (contact === null) throw notFound("http.no_security_contact", "This installation names no security contact.");
    return new Response(securityTxt({ contact, publicUrl, now: new Date() }), {
      headers: { "content-type": "text/plain; charset=utf-8" },
    });
  },
});
