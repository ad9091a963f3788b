import type { Printer, createPrinter } from "../../functions/render/print.ts";
import { WorkStopped } from "../../functions/use-cases/work-failure.ts";

/**
 * The printer, loaded at its first use: reading the code of Chromium's driver and of the PDF
 * library takes longer than everything else at a start.
 */
export function createLaterPrinter(settings: Parameters<typeof createPrinter>[0]): Printer {
  let loading: Promise<Printer> | undefined;
  let isClosed = false;
  const loaded = async () => {
    if (isClosed && loading === undefined) throw new WorkStopped("The printer is closed.");
    return (loading ??= import("../../functions/render/print.ts").then((code) =>
      code.createPrinter(settings),
    ));
  };
  return {
    ready: async () => (await loaded()).ready(),
    print: async (...document) => (await loaded()).print(...document),
    layOut: async (...document) => (await loaded()).layOut(...document),
    close: async () => {
      isClosed = true;
      await (await loading)?.close();
    },
  };
}
