import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { handleApiRequest } from "@/server/http/handle-api-request";
import { PEER_HEADER } from "@/server/http/peer-address";

/** REST v1 of this process's runtime on a port of the loopback address, for programs that know nothing but HTTP. */
export async function startApiServer(): Promise<{ readonly url: string; close(): Promise<void> }> {
  const answerTo = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming as AsyncIterable<Buffer>) chunks.push(chunk);
    const headers = new Headers();
    for (const [name, value] of Object.entries(incoming.headers)) headers.set(name, String(value));
    headers.set(PEER_HEADER, incoming.socket.remoteAddress ?? "127.0.0.1");
    const method = incoming.method ?? "GET";
    const body = method === "GET" ? undefined : Buffer.concat(chunks);
    const url = `http://${incoming.headers.host}${incoming.url}`;
    const answer = await handleApiRequest(new Request(url, { method, headers, ...(body ? { body } : {}) }));
    outgoing.writeHead(answer.status, Object.fromEntries(answer.headers));
    outgoing.end(Buffer.from(await answer.arrayBuffer()));
  };
  const server = createServer((incoming, outgoing) => {
    answerTo(incoming, outgoing).catch((thrown: Error) => outgoing.destroy(thrown));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
