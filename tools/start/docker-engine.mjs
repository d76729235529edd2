import { request } from "node:http";

const LIMIT_MS = 60_000;

/** One call to the Docker Engine over its socket. Resolves to the parsed body; rejects on a status that is no success. */
export function callDocker(socketPath, method, path) {
  return new Promise((resolve, reject) => {
    const call = request({ socketPath, method, path, timeout: LIMIT_MS, agent: false }, (response) => {
      let body = "";
      response.setEncoding("utf8");
      response.on("data", (chunk) => {
        body += chunk;
      });
      response.on("end", () => {
        // 304: it is in that state already; 404: it has gone meanwhile (Engine API, containers).
        const isSuccess = response.statusCode < 300 || response.statusCode === 304 || response.statusCode === 404;
        if (!isSuccess)
          reject(new Error(`Docker answered ${response.statusCode} to ${method} ${path.split("?")[0]}: ${body}`));
        else resolve(body === "" || response.statusCode === 404 ? undefined : JSON.parse(body));
      });
      response.on("error", reject);
    });
    call.on("timeout", () => call.destroy(new Error(`Docker did not answer ${method} ${path.split("?")[0]} in time`)));
    call.on("error", reject);
    call.end();
  });
}
