import { describe, expect, it } from "vitest";
import {
  type BrowserProcess,
  startBrowserProcess,
} from "../../../functions/render/browser-process.ts";

/** A browser that takes no orders, so that what is written to it stays in the pipe. */
const startDeafBrowser = (): BrowserProcess =>
  startBrowserProcess({
    executablePath: process.execPath,
    args: ["--eval", "setInterval(() => {}, 1_000)"],
    env: {},
  });

/** More than a pipe holds. */
const order = "x".repeat(100_000);

const ended = ({ onEnd }: BrowserProcess) => new Promise<Error>((resolve) => void onEnd(resolve));

/** Several turns of the loop: what a broken pipe reports arrives by then. */
async function pipesHaveReported(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await new Promise((next) => setTimeout(next, 5));
}

// An error that nobody listens for fails the run, also outside every test.
describe.skipIf(process.platform === "win32")("a browser that was killed", () => {
  it.each([
    ["before it was sent anything", 0],
    ["with an order under way that no pipe holds", 20],
  ])(
    "%s leaves no error behind that nobody hears, however late it is written to",
    async (_, sent) => {
      const browser = startDeafBrowser();
      for (let count = 0; count < sent; count += 1) browser.transport.send(order);
      browser.kill();
      browser.transport.send(order);
      expect((await ended(browser)).message).toBe("The browser ended (SIGKILL)");
      browser.transport.send(order);
      browser.transport.close();
      browser.transport.send(order);
      browser.kill();
      await pipesHaveReported();
      expect(browser.hasEnded()).toBe(true);
    },
  );
});
