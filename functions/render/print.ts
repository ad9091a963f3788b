import { mkdir, mkdtemp, readFile, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import puppeteer, { type Browser, type HTTPRequest, type Page } from "puppeteer-core";
import { type BrowserSettings, prepareBrowser } from "./browser.ts";
import { type FontFace, type FontSettings, type Fonts, prepareFonts } from "./fonts.ts";
import { type Layout, readLayout } from "./layout.ts";
import { normalisePdf, type NormalisedPdf, parsePdf, type PdfMetadata } from "./normalise.ts";
import { isAlive } from "./prepared-folder.ts";

export type PrinterSettings = Omit<BrowserSettings, "fontConfigFile"> &
  Omit<FontSettings, "cacheDir"> & {
    /** Tabs printing at the same time; the others wait. Two unless told otherwise. */
    concurrency?: number;
    /** One print, from the empty tab to the last byte. Sixty seconds unless told otherwise. */
    timeoutMs?: number;
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

export class PrintTimeout extends Error {
  override readonly name = "PrintTimeout";
}

/** Held for as long as the browser lives; a dead one is replaced by the next print. */
type Session = { browser: Browser; profileDir: string; fonts: Fonts; spareTab?: Promise<Page> };

/** Whatever the HTML says: no scripts, frames or plug-ins, no other base address, no redirect. */
const CONTENT_SECURITY_POLICY =
  "sandbox; script-src 'none'; object-src 'none'; frame-src 'none'; base-uri 'none'; form-action 'none'";

/** The address the browser believes it prints: a name that can never exist (RFC 2606 §2). */
const DOCUMENT_URL = "https://report.invalid/";

/** Nothing has an address, so even a preconnect hint reaches nobody. */
const OFFLINE_ARGS = ["--host-resolver-rules=MAP * ~NOTFOUND"];

export function createPrinter(settings: PrinterSettings): Printer {
  const { concurrency = 2, timeoutMs = 60_000 } = settings;
  const inTurn = createTurnstile(concurrency);
  let current: Promise<Session> | undefined;
  let isClosed = false;

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
  async function inTab<T>(use: (tab: Page, fonts: Fonts) => Promise<T>): Promise<T> {
    for (const mayRetry of [true, false]) {
      const held = await session();
      try {
        return await withDeadline(held, timeoutMs, async () => {
          const tab = await takeTab(held);
          try {
            return await use(tab, held.fonts);
          } finally {
            await tab.close().catch(() => undefined);
          }
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
      const refused = await load(tab, html, deliveredFaces(settings, fonts));
      const bytes = await tab.pdf({
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
        return { ...(await normalisePdf(raw, metadata)), refusedRequests };
      }),
    layOut: (html) =>
      inTurn(async () =>
        readLayout(await parsePdf((await printRaw(html, { tagged: false })).bytes)),
      ),
    close: async () => {
      isClosed = true;
      const alive = await current?.catch(() => undefined);
      if (alive) await endSession(alive);
    },
  };
}

async function startSession(settings: PrinterSettings): Promise<Session> {
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
  return { browser, profileDir, fonts };
}

async function endSession({ browser, profileDir }: Session): Promise<void> {
  await browser.close().catch(() => undefined);
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

/** The next tab opens while this one prints: a fresh process a print, without waiting for it. */
async function takeTab(held: Session): Promise<Page> {
  const tab = held.spareTab ?? openTab(held.browser);
  const spare = openTab(held.browser);
  spare.catch(() => undefined);
  held.spareTab = spare;
  return tab;
}

async function openTab(browser: Browser): Promise<Page> {
  const tab = await browser.newPage();
  await Promise.all([
    tab.setJavaScriptEnabled(false),
    tab.setOfflineMode(true),
    tab.setRequestInterception(true),
  ]);
  return tab;
}

/** Hands the document to the tab under an address of its own, and answers every other request with no. */
async function load(
  tab: Page,
  html: string,
  faces: readonly FontFace[],
): Promise<ReadonlySet<string>> {
  const refused = new Set<string>();
  const filesByUrl = new Map(faces.map((face, index) => [fontUrl(index), face.path]));
  const answer = async (request: HTTPRequest) => {
    const url = request.url();
    const font = filesByUrl.get(url);
    if (url === DOCUMENT_URL) {
      await request.respond({
        contentType: "text/html; charset=utf-8",
        headers: { "content-security-policy": CONTENT_SECURITY_POLICY },
        body: withFontFaces(html, faces),
      });
    } else if (font !== undefined) {
      await request.respond({
        contentType: "font/sfnt",
        headers: { "access-control-allow-origin": "*" },
        body: await readFile(font),
      });
    } else if (url.startsWith("data:")) {
      await request.continue();
    } else {
      refused.add(url);
      await request.abort("blockedbyclient");
    }
  };
  // A request answered after its tab has closed has nobody left to hear of it.
  tab.on("request", (request) => void answer(request).catch(() => undefined));
  await tab.goto(DOCUMENT_URL, { waitUntil: "load", timeout: 0 });
  return refused;
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
      reject(new PrintTimeout(`Printing took longer than ${timeoutMs / 1000} s and was ended.`));
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
