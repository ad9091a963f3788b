import { createDeadLetterHandler } from "../../../functions/dead-letters/handler.ts";
import { createPublishHandler } from "../../../functions/publish/handler.ts";
import { portalSettings } from "../../../functions/publish/portal-settings.ts";
import { sha256 } from "../../../functions/platform/ids.ts";
import { relayReport } from "../../../functions/relay/relay.ts";
import { attemptsAllowed } from "../../../functions/use-cases/give-up.ts";
import { createRenderHandler } from "../../../functions/render/handler.ts";
import type { RenderDeps } from "../../../functions/render/render-report.ts";
import { memoryFiles, type MemoryFiles } from "../publish/memory-files.ts";
import { type Bureau, memoryQueue, region, reportOf, sqsEvent } from "./bureau.ts";
import { type Death, immortal, Killed, mortal } from "./mortal.ts";
import { shippedEditions } from "../../../shared/editions/shipped-editions.ts";

export const portalUrl = "https://gongkai.example.gov.cn";

/** Prints nothing, fast, and finds every linked place on page one; the bytes follow from the text. */
export const quickPrinter: RenderDeps["printer"] = {
  print(html) {
    const bytes = new TextEncoder().encode(`%PDF-1.7 ${sha256(html)}`);
    const pageOf = onPageOne(html);
    return Promise.resolve({
      ...{ bytes, pageOf, pageCount: 1, pagesWithMissingGlyphs: [], refusedRequests: [] },
    });
  },
  layOut: (html) => Promise.resolve({ pageOf: onPageOne(html), pageCount: 1 }),
};

const onPageOne = (html: string): ReadonlyMap<string, number> =>
  new Map([...html.matchAll(/<a\b[^>]*\shref="#([^"]+)"/g)].map(([, id]) => [id ?? "", 1]));

/**
 * Relay, print shop and publisher of a bureau, every write of which may be the last. Messages and
 * files outlive them, as the stores do.
 */
export function openPress(
  bureau: Bureau,
  {
    printer = quickPrinter,
    portal = memoryFiles(),
  }: { readonly printer?: RenderDeps["printer"]; readonly portal?: MemoryFiles } = {},
) {
  const { data, now, newId, log } = bureau;
  const queues = { render: memoryQueue(), publish: memoryQueue(), notify: memoryQueue() };
  const done = new Set<string>();
  const received = new Map<string, number>();

  function processUntil(death: Death) {
    const reports = mortal(data.reports, ["commit", "recordEvents", "trimOutbox"], death);
    const files = mortal(data.vault, ["put", "putIfAbsent"], death);
    const living = {
      render: mortal(queues.render, ["send"], death),
      publish: mortal(queues.publish, ["send"], death),
      notify: mortal(queues.notify, ["send"], death),
    };
    const common = {
      reports,
      registry: data.registry,
      files,
      sha256,
      editions: shippedEditions,
      now,
      newId,
      log,
    };
    const handlers = {
      render: createRenderHandler({ ...common, printer, publish: living.publish }),
      publish: createPublishHandler({
        ...common,
        portal: mortal(portal, ["put", "putIfAbsent", "delete"], death),
        settingsOf: portalSettings([region], portalUrl),
      }),
      deadLetters: createDeadLetterHandler({ ...common, publish: living.publish }),
    };
    const isDead = () => death.at > 0 && death.calls >= death.at;
    return {
      handlers,
      relay: (orgCode: string) =>
        relayReport({ ...data, reports, files, log, queues: living }, reportOf(orgCode)),
      /** Relays and works until no message is left that can be done; answers those that failed. */
      async run(orgCode: string): Promise<readonly string[]> {
        const failed = new Set<string>();
        for (;;) {
          await relayReport({ ...data, reports, files, log, queues: living }, reportOf(orgCode));
          const next = (["render", "publish"] as const)
            .flatMap((name) => [...queues[name].messages].map((message) => ({ name, message })))
            .find(({ message: [id] }) => !done.has(id) && !failed.has(id));
          if (next === undefined) break;
          const [id] = next.message;
          const attempt = (received.get(id) ?? 0) + 1;
          received.set(id, attempt);
          const answer = await handlers[next.name](sqsEvent([next.message], attempt));
          if (isDead()) throw new Killed();
          if (answer.batchItemFailures.length === 0) done.add(id);
          else failed.add(id);
        }
        return [...failed];
      },
    };
  }

  const living = processUntil(immortal());
  return {
    queues,
    portal,
    processUntil,
    /** How often a message was handed to its function. */
    received: (id: string): number => received.get(id) ?? 0,
    ...living,
    /**
     * Runs until nothing is left to do: what fails comes again, and what failed as often as its queue
     * allows goes to the dead letters.
     */
    async settle(orgCode: string): Promise<void> {
      for (;;) {
        const failed = await living.run(orgCode);
        if (failed.length === 0) return;
        for (const id of failed.filter((one) => (received.get(one) ?? 0) >= attemptsAllowed)) {
          // Listing is asked for again for ever, which would never settle while the portal is broken.
          if (/\.index(?:\.|$)/.test(id)) {
            done.add(id);
            continue;
          }
          const body = queues.render.messages.get(id) ?? queues.publish.messages.get(id) ?? "";
          const answer = await living.handlers.deadLetters(sqsEvent([[id, body]]));
          if (answer.batchItemFailures.length === 0) done.add(id);
        }
      }
    },
    /** Every message comes again, as SQS may do. */
    forget: () => {
      done.clear();
      received.clear();
    },
  };
}
export type Press = ReturnType<typeof openPress>;
