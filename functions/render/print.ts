import { mkdir, mkdtemp, readFile, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import puppeteer, { type Browser, type HTTPRequest, type Page } from "puppeteer-core";
import { type BrowserSettings, BrowserUnavailable, prepareBrowser } from "./browser.ts";
import { type FontFace, type FontSettings, type Fonts, prepareFonts } from "./fonts.ts";
import { type Layout, readLayout } from "./layout.ts";
import { normalisePdf, type NormalisedPdf, parsePdf, type PdfMetadata } from "./normalise.ts";
import { isAlive } from "./prepared-folder.ts";
import { namedPages, WorkFailure } from "../use-cases/work-failure.ts";

type PrinterSettings = Omit<BrowserSettings, "fontConfigFile"> &
  Omit<FontSettings, "cacheDir"> & {
    /** Tabs printing at the same time; the others wait. Two unless told otherwise. */
    concurrency?: number;
    /** One print, from the empty tab to the last byte. Sixty seconds unless told otherwise. */
    timeoutMs?: number;
    /** Longer documents are refused. Two thousand pages unless told otherwise. */
    maxPages?: number;
    /** How the page gets our fonts: from fontconfig on Linux, with the page where there is none. */
    fontDelivery?: "fontconfig" | "page";
  };

export type PrintedPdf = NormalisedPdf & {
  /** Addresses the document asked for and did not get; an own document asks for none. */
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

/** What a portal can be asked to serve as one file. */
const MAX_MEGABYTES = 100;

/** Held for as long as the browser lives; a dead one is replaced by the next print. */
type Session = { browser: Browser; profileDir: string; fonts: Fonts; idleTabs: Tab[] };

/** A tab prints one document after another; `document` is what it hands to the page just now. */
type Tab = { page: Page; document: Served; prints: number };

type Served = { html: string; faces: readonly FontFace[]; refused: Set<string> };

/** A browser that hangs is not asked for longer than this to end by itself. */
const CLOSE_GRACE_MS = 3_000;

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
  let current: Promise<Session> | undefined;
  let isClosed = false;

  function assertNotTooLong({ pageCount }: Layout): void {
    if (pageCount <= maxPages) return;
    throw new WorkFailure(
      { code: "too_many_pages", pages: pageCount, limit: maxPages },
      `The document has ${String(pageCount)} pages, more than ${String(maxPages)}.`,
    );
  }

  async function session(): Promise<Session> {
    if (isClosed) throw new Error("The printer is closed.");
    const held = current;
    if (held !== undefined) {
      const alive = await held.catch(() => undefined);
      if (alive?.browser.connected) return alive;
      // Of several prints that find the browser dead, the first replaces it.
      if (current === held) current = replaceSession(alive);
    }
    current ??= replaceSession(undefined);
    return current;
  }

  async function replaceSession(dead: Session | undefined): Promise<Session> {
    if (dead) await endSession(dead);
    return startSession(settings);
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
        const browserDied = !held.browser.connected && !(error instanceof PrintTimeout);
        if (!browserDied || !mayRetry || isClosed) throw error;
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
      isClosed = true;
      const alive = await current?.catch(() => undefined);
      if (alive) await endSession(alive);
    },
  };
}

/** Everything that keeps a browser from starting is one cause: nothing can be printed here and now. */
async function startSession(settings: PrinterSettings): Promise<Session> {
  try {
    return await launch(settings);
  } catch (cause) {
    if (cause instanceof BrowserUnavailable) throw cause;
    throw new BrowserUnavailable("The browser to print with did not start.", { cause });
  }
}

async function launch(settings: PrinterSettings): Promise<Session> {
  const fonts = await prepareFonts(settings);
  const program = await prepareBrowser({ ...settings, fontConfigFile: fonts.configFile });
  const profileDir = await makeProfileDir(settings.cacheDir);
  const browser = await puppeteer.launch({
    executablePath: program.executablePath,
    args: [...program.args, ...OFFLINE_ARGS],
    env: program.env,
    headless: program.headless,
    userDataDir: profileDir,
    // By pipe the browser opens no port, and ends by itself when this process is killed.
    pipe: true,
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
    protocolTimeout: 0, // the deadline of a print stands above every single step
  });
  ignoreBrokenPipes(browser);
  return { browser, profileDir, fonts, idleTabs: [] };
}

/**
 * A killed browser leaves its pipes broken, and a write or read under way then fails once more after
 * its print has ended. The print knows already; without a listener Node.js would end the process.
 */
function ignoreBrokenPipes(browser: Browser): void {
  for (const pipe of browser.process()?.stdio ?? []) pipe?.on("error", () => undefined);
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

async function endSession({ browser, profileDir }: Session): Promise<void> {
  const givenUp = new AbortController();
  await Promise.race([
    browser.close().catch(() => undefined),
    pause(CLOSE_GRACE_MS, undefined, { signal: givenUp.signal }).catch(() => undefined),
  ]);
  givenUp.abort();
  browser.process()?.kill("SIGKILL");
  await rm(profileDir, { recursive: true, force: true, maxRetries: 3 });
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
async function withDeadline<T>(
  { browser }: Session,
  timeoutMs: number,
  work: () => Promise<T>,
): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      browser.process()?.kill("SIGKILL");
      reject(new PrintTimeout(timeoutMs));
    }, timeoutMs);
  });
  const working = work();
  working.catch(() => undefined);
  try {
    return await Promise.race([working, deadline]);
  } finally {
    clearTimeout(timer);
  }
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
