import { handleSecurityTxt } from "@/server/http/handle-security-txt";

export const dynamic = "force-dynamic";

export {
  handleSecurityTxt as DELETE,
  handleSecurityTxt as GET,
  handleSecurityTxt as HEAD,
  handleSecurityTxt as OPTIONS,
  handleSecurityTxt as PATCH,
  handleSecurityTxt as POST,
  handleSecurityTxt as PUT,
};
