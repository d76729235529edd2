import { createServer } from "node:http";
import { type Received, startMailServer, startReceiver } from "../receivers";

/** What one channel's double was told, as text. */
export type Told = { readonly path: string; readonly text: string };

/**
 * Receivers of every kind of channel, in the process that starts the product: settings of the product name them, and journeys, which run in
 * processes of their own, ask them over http what they were told.
 */
export async function startChannelDoubles() {
  const [receiver, mail] = await Promise.all([startReceiver(), startMailServer()]);
  const tellJourneys = createServer((_request, response) => {
    const told: Told[] = [
      ...receiver.received.map(({ path, text }: Received) => ({ path, text })),
      ...mail.mails.map(({ text }) => ({ path: "/email", text: text.replace(/=\r\n/g, "") })),
    ];
    response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(told));
  });
  await new Promise<void>((resolve) => tellJourneys.listen(0, "127.0.0.1", resolve));
  const address = tellJourneys.address();
  if (address === null || typeof address === "string") throw new Error("the doubles listen at no port");
  return {
    askUrl: `http://127.0.0.1:${address.port}`,
    receiverUrl: receiver.url,
    /** The settings by which the product reaches them. */
    settings: {
      SMTP_URL: mail.smtpUrl,
      MAIL_FROM: "alerts@example.org",
      OWN_RECEIVERS: receiver.url,
      TELEGRAM_API_URL: receiver.url,
      PAGERDUTY_EVENTS_URL: receiver.url,
    },
    async close() {
      await new Promise<void>((resolve) => {
        tellJourneys.close(() => resolve());
        tellJourneys.closeAllConnections();
      });
      await Promise.all([receiver.close(), mail.close()]);
    },
  };
}

/** Everything that the doubles were told so far; what one receiver got begins with its path. */
export async function readTold(): Promise<readonly Told[]> {
  const url = process.env.E2E_DOUBLES_URL;
  if (!url)
    throw new Error("E2E_DOUBLES_URL is unset: a product that was started elsewhere knows no receivers of ours");
  return (await (await fetch(url)).json()) as Told[];
}
