import { mkdir, mkdtemp, readFile, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import puppeteer, { type Browser, type HTTPRequest, type Page } from "puppeteer-core";
import { type BrowserSettings, BrowserUnavailable, prepareBrowser } from "./browser.ts";
import { abortOf, bounded } from "./bounded.ts";
import { type BrowserProcess, startBrowserProcess } from "./browser-process.ts";
import { type FontFace, type FontSettings, type Fonts, prepareFonts } from "./fonts.ts";
import { type Layout, readLayout } from "./layout.ts";
import { normalisePdf, type NormalisedPdf, parsePdf, type PdfMetadata } from "./normalise.ts";
import { isAlive } from "./prepared-folder.ts";
import { namedPages, WorkFailure, WorkStopped } from "../use-cases/work-failure.ts";

type PrinterSettings = Omit<BrowserSettings, "fontConfigFile"> &
  Omit<FontSettings, "cacheDir"> & {
    /** Tabs printing at the same time; the others wait. Two by default. */
    concurrency?: number;
    /** One print, from the empty tab to the last byte. Sixty seconds by default. */
    timeoutMs?: number;
    /** From the start of the browser's program to its first answers. Thirty seconds by default. */
    startTimeoutMs?: number;
    /** Longer documents are refused. Two thousand pages by default. */
    maxPages?: number;
    /** How the page gets our fonts: from fontconfig on Linux, with the page where there is none. */
    fontDelivery?: "fontconfig" | "page";
  };

export type PrintedPdf = NormalisedPdf & {
  /** Addresses the document requested and did not get; one of our own requests none. */
  refusedRequests: readonly string[];
};

export type Printer = {
  /** Unpacks what is missing and starts the browser. Printing does so by itself when needed. */
  ready: () => Promise<void>;
  print: (html: string, metadata: PdfMetadata) => Promise<PrintedPdf>;
  /** Prints without tags, outline and metadata, only to learn on which page everything lands. */
  layOut: (html: string) => Promise<Layout>;
  close: () => Promise<void>;
};

export class PrintTimeout extends WorkFailure {
  override readonly name = "PrintTimeout";
  constructor(timeoutMs: number) {
    const seconds = Math.round(timeoutMs / 1000);
    super(
      { code: "print_timed_out", seconds },
      `Printing took longer than ${timeoutMs / 1000} s and was ended.`,
    );
  }
}

/** A report of a whole department has some 200 pages; beyond this no reader and no contents page copes. */
const MAX_PAGES = 2_000;

/** The long side of A3 in points, and one for rounding. */
const LONGEST_SIDE_PT = 1_191 + 1;

/** What a portal can be expected to serve as one file. */
const MAX_MEGABYTES = 100;

/** Held for as long as the browser lives; a dead one is replaced by the next print. */
type Session = {
  browser: Browser;
  program: BrowserProcess;
  profileDir: string;
  fonts: Fonts;
  idleTabs: Tab[];
};

/** A tab prints one document after another; `document` is what it hands to the page just now. */
type Tab = { page: Page; document: Served; prints: number };

type Served = { html: string; faces: readonly FontFace[]; refused: Set<string> };

/** Unpacking the browser and the fonts, once a version, on the slowest disk. */
const PREPARE_TIMEOUT_MS = 180_000;

/** How long a browser that hangs is waited for to end by itself. */
const CLOSE_GRACE_MS = 3_000;

/** How long after its pipes a program's end becomes known. */
const END_NOTICED_MS = 200;

/** After it was killed: until its end is known, then for its files. Closing ends within 5 s in all. */
const CLEAN_UP_MS = 750;

/** A tab costs 40 ms to open, so it is kept, but not for ever: its process only grows. */
const PRINTS_PER_TAB = 30;

/** Whatever the HTML says: no scripts, frames or plug-ins, no other base address, no redirect. */
const CONTENT_SECURITY_POLICY =
  "sandbox; script-src 'none'; object-src 'none'; frame-src 'none'; base-uri 'none'; form-action 'none'";

/** The address the browser believes it prints: a name that can never exist (RFC 2606 §2). */
const DOCUMENT_URL = "https://report.invalid/";

/** Nothing has an address, so even a preconnect hint reaches nobody. */
const OFFLINE_ARGS = ["--host-resolver-rules=MAP * ~NOTFOUND"];

export function createPrinter(settings: PrinterSettings): Printer {
  const { concurrency = 2, timeoutMs = 60_000, maxPages = MAX_PAGES } = settings;
  const inTurn = createTurnstile(concurrency);
  const closing = new AbortController();
  let current: Promise<Session> | undefined;

  function assertNotTooLong({ pageCount }: Layout): void {
    if (pageCount <= maxPages) return;
    throw new WorkFailure(
      { code: "too_many_pages", pages: pageCount, limit: maxPages },
      `The document has ${String(pageCount)} pages, more than ${String(maxPages)}.`,
    );
  }

  async function session(): Promise<Session> {
    if (closing.signal.aborted) throw stopped();
    const held = current;
    if (held !== undefined) {
      const alive = await held.catch(() => undefined);
      if (alive !== undefined && isUsable(alive)) return alive;
      // Of several prints that find the browser dead, the first replaces it.
      if (current === held) current = replaceSession(alive);
    }
    current ??= replaceSession(undefined);
    return current;
  }

  async function replaceSession(dead: Session | undefined): Promise<Session> {
    if (dead) await endSession(dead);
    return startSession(settings, closing.signal);
  }

  /** A print changes nothing outside its tab, so one cut short by a dying browser is done again. */
  async function inTab<T>(use: (tab: Tab, fonts: Fonts) => Promise<T>): Promise<T> {
    for (const mayRetry of [true, false]) {
      const held = await session();
      try {
        return await withDeadline(held, timeoutMs, async () => {
          const tab = held.idleTabs.pop() ?? (await openTab(held.browser));
          const result = await use(tab, held.fonts).catch(async (error: unknown) => {
            await tab.page.close().catch(() => undefined);
            throw error;
          });
          tab.prints += 1;
          if (tab.prints < PRINTS_PER_TAB) held.idleTabs.push(tab);
          else await tab.page.close();
          return result;
        });
      } catch (error) {
        const browserDied = !isUsable(held) && !(error instanceof PrintTimeout);
        if (closing.signal.aborted) throw stopped(error);
        if (!browserDied) throw error;
        if (!mayRetry) {
          throw new BrowserUnavailable("The browser ended twice during a print.", { cause: error });
        }
      }
    }
    throw new Error("unreachable: the second try returns or throws");
  }

  const printRaw = (html: string, kind: { tagged: boolean }) =>
    inTab(async (tab, fonts) => {
      const refused = new Set<string>();
      tab.document = { html, faces: deliveredFaces(settings, fonts), refused };
      await tab.page.goto(DOCUMENT_URL, { waitUntil: "load", timeout: 0 });
      const bytes = await tab.page.pdf({
        preferCSSPageSize: true,
        printBackground: true,
        tagged: kind.tagged,
        outline: kind.tagged,
        timeout: 0,
      });
      return { bytes, refusedRequests: [...refused] };
    });

  return {
    ready: async () => {
      await session();
    },
    print: (html, metadata) =>
      inTurn(async () => {
        const { bytes: raw, refusedRequests } = await printRaw(html, { tagged: true });
        assertNotTooLarge(raw);
        const printed = await normalisePdf(raw, metadata);
        assertNotTooLong(printed);
        return { ...printed, refusedRequests };
      }),
    layOut: (html) =>
      inTurn(async () => {
        const { bytes } = await printRaw(html, { tagged: false });
        assertNotTooLarge(bytes);
        const pdf = await parsePdf(bytes);
        assertSheets(pdf);
        const layout = readLayout(pdf);
        assertNotTooLong(layout);
        return layout;
      }),
    close: async () => {
      closing.abort();
      const alive = await current?.catch(() => undefined);
      if (alive) await endSession(alive);
    },
  };
}

const isUsable = ({ browser, program }: Session): boolean =>
  browser.connected && !program.hasEnded();

const stopped = (cause?: unknown) => new WorkStopped("The printer is closed.", { cause });

/** Everything that keeps a browser from starting is one cause: nothing can be printed here and now. */
async function startSession(settings: PrinterSettings, closing: AbortSignal): Promise<Session> {
  try {
    return await launch(settings, closing);
  } catch (cause) {
    if (cause instanceof BrowserUnavailable) throw cause;
    throw new BrowserUnavailable("The browser to print with did not start.", { cause });
  }
}

async function launch(settings: PrinterSettings, closing: AbortSignal): Promise<Session> {
  const closed = abortOf(closing, () => stopped());
  const { fonts, program, profileDir } = await bounded(prepare(settings), {
    timeoutMs: PREPARE_TIMEOUT_MS,
    late: () => new Error(`The browser was not unpacked within ${PREPARE_TIMEOUT_MS / 1000} s.`),
    interruptions: [closed],
  });
  const running = startBrowserProcess({
    executablePath: program.executablePath,
    args: puppeteer.defaultArgs({
      args: [...program.args, ...OFFLINE_ARGS, "--remote-debugging-pipe"],
      headless: program.headless,
      userDataDir: profileDir,
    }),
    env: program.env,
  });
  const { startTimeoutMs = 30_000, timeoutMs = 60_000 } = settings;
  try {
    const connecting = puppeteer.connect({
      transport: running.transport,
      // Below the deadline of the start and that of a print, every single step has one, too.
      protocolTimeout: Math.max(startTimeoutMs, timeoutMs) + 1_000,
    });
    const browser = await bounded(connecting, {
      timeoutMs: startTimeoutMs,
      late: () => new Error(`The browser did not answer within ${startTimeoutMs / 1000} s.`),
      interruptions: [running.onEnd, closed],
    });
    return { browser, program: running, profileDir, fonts, idleTabs: [] };
  } catch (error) {
    // A broken pipe is noticed before the program's end, which says more.
    const end = await endWithin(running, END_NOTICED_MS);
    await destroy(running, profileDir);
    throw end ?? error;
  }
}

async function prepare(settings: PrinterSettings) {
  const fonts = await prepareFonts(settings);
  const program = await prepareBrowser({ ...settings, fontConfigFile: fonts.configFile });
  return { fonts, program, profileDir: await makeProfileDir(settings.cacheDir) };
}

function assertNotTooLarge({ length }: Uint8Array): void {
  const megabytes = Math.ceil(length / 1_000_000);
  if (megabytes <= MAX_MEGABYTES) return;
  throw new WorkFailure(
    { code: "document_too_large", megabytes, limit: MAX_MEGABYTES },
    `The printed document has ${String(megabytes)} MB.`,
  );
}

/** A table may ask for a sheet of its own; larger than A3 nobody can print it, so the page is wrong. */
function assertSheets(pdf: Awaited<ReturnType<typeof parsePdf>>): void {
  const oversize = pdf.getPages().flatMap((page, index) => {
    const { width, height } = page.getSize();
    return Math.max(width, height) > LONGEST_SIDE_PT ? [index + 1] : [];
  });
  if (oversize.length === 0) return;
  throw new WorkFailure(
    { code: "page_oversize", pages: namedPages(oversize) },
    `The sheets of pages ${oversize.join(", ")} are larger than A3.`,
  );
}

async function endSession({ browser, program, profileDir }: Session): Promise<void> {
  if (!program.hasEnded()) {
    browser.close().catch(() => undefined);
    await endWithin(program, CLOSE_GRACE_MS);
  }
  await destroy(program, profileDir);
}

/** How the program ended, unless the time is over first. */
const endWithin = (program: BrowserProcess, timeoutMs: number): Promise<Error | undefined> =>
  new Promise((resolve) => {
    const timer = setTimeout(() => {
      stop();
      resolve(undefined);
    }, timeoutMs);
    const stop = program.onEnd((end) => {
      clearTimeout(timer);
      resolve(end);
    });
  });

async function destroy(program: BrowserProcess, profileDir: string): Promise<void> {
  program.kill();
  await endWithin(program, CLEAN_UP_MS);
  program.transport.close();
  // What is left of a profile goes when another is made, once this process has ended.
  const removed = rm(profileDir, { recursive: true, force: true, maxRetries: 3 });
  await bounded(removed, {
    timeoutMs: CLEAN_UP_MS,
    late: () => new Error("The profile was not removed."),
  }).catch(() => undefined);
}

async function makeProfileDir(cacheDir: string): Promise<string> {
  const profiles = join(cacheDir, "profiles");
  await mkdir(profiles, { recursive: true });
  for (const name of await readdir(profiles)) {
    const owner = Number(name.split("-")[0]);
    if (!isAlive(owner)) await rm(join(profiles, name), { recursive: true, force: true });
  }
  return mkdtemp(join(profiles, `${process.pid}-`));
}

async function openTab(browser: Browser): Promise<Tab> {
  const page = await browser.newPage();
  const tab: Tab = { page, document: { html: "", faces: [], refused: new Set() }, prints: 0 };
  // A request answered after its document has gone has nobody left to hear of it.
  page.on("request", (request) => void answer(request, tab.document).catch(() => undefined));
  await Promise.all([
    page.setJavaScriptEnabled(false),
    page.setOfflineMode(true),
    page.setRequestInterception(true),
  ]);
  return tab;
}

/** Hands over the document under an address of its own, and answers every other request with no. */
async function answer(request: HTTPRequest, { html, faces, refused }: Served): Promise<void> {
  const url = request.url();
  const face = faces.find((_, index) => url === fontUrl(index));
  if (url === DOCUMENT_URL) {
    await request.respond({
      contentType: "text/html; charset=utf-8",
      headers: { "content-security-policy": CONTENT_SECURITY_POLICY },
      body: withFontFaces(html, faces),
    });
  } else if (face !== undefined) {
    await request.respond({
      contentType: "font/sfnt",
      headers: { "access-control-allow-origin": "*" },
      body: await readFile(face.path),
    });
  } else if (url.startsWith("data:")) {
    await request.continue();
  } else {
    refused.add(url);
    await request.abort("blockedbyclient");
  }
}

function deliveredFaces(settings: PrinterSettings, fonts: Fonts): readonly FontFace[] {
  const usual = process.platform === "linux" ? "fontconfig" : "page";
  return (settings.fontDelivery ?? usual) === "page" ? fonts.faces : [];
}

const fontUrl = (index: number) => `${DOCUMENT_URL}fonts/${index}`;

function withFontFaces(html: string, faces: readonly FontFace[]): string {
  if (faces.length === 0) return html;
  const rules = faces.flatMap(({ families, weight }, index) =>
    families.map(
      (family) =>
        `@font-face{font-family:"${family.replaceAll(/["\\<]/g, "")}";font-weight:${weight};` +
        `src:url(${fontUrl(index)})}`,
    ),
  );
  const style = `<style>${rules.join("")}</style>`;
  return html.includes("<head>") ? html.replace("<head>", () => `<head>${style}`) : style + html;
}

/** A browser that outstays its time is killed: a hung one would hang every print after it. */
function withDeadline<T>(
  { program }: Session,
  timeoutMs: number,
  work: () => Promise<T>,
): Promise<T> {
  return bounded(work(), {
    timeoutMs,
    late: () => {
      program.kill();
      return new PrintTimeout(timeoutMs);
    },
    interruptions: [program.onEnd],
  });
}

function createTurnstile(limit: number): <T>(work: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = [];
  let inside = 0;
  return async (work) => {
    if (inside >= limit) await new Promise<void>((enter) => waiting.push(enter));
    else inside += 1;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else inside -= 1;
    }
  };
}
