import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { alarmLines } from "../../../functions/platform/alarm-lines.ts";
import { sha256 } from "../../../functions/platform/ids.ts";
import { forgottenAfterMs, giveUpForgotten } from "../../../functions/publish/forgotten.ts";
import { readBack } from "../../../functions/publish/read-back.ts";
import { createPrinter, PrintTimeout } from "../../../functions/render/print.ts";
import type { RenderDeps } from "../../../functions/render/render-report.ts";
import { blobKey } from "../../../functions/storage/blobs.ts";
import type { FileStore } from "../../../functions/storage/ports.ts";
import { attemptsAllowed } from "../../../functions/use-cases/give-up.ts";
import { previewState, requestPreview } from "../../../functions/use-cases/preview.ts";
import { renderKey } from "../../../functions/use-cases/rendered.ts";
import { uploadKey } from "../../../functions/use-cases/upload-key.ts";
import { WorkFailure, WorkStopped } from "../../../functions/use-cases/work-failure.ts";
import { err } from "../../../shared/result.ts";
import {
  isLasting,
  publicationSettledMs,
  type FailureCause,
} from "../../../shared/workflow/failure.ts";
import type { ReportEvent } from "../../../shared/workflow/report-state.ts";
import { loadExampleUnit } from "../../examples/load-example.ts";
import { memoryFiles, treeOf } from "../publish/memory-files.ts";
import { cacheDir } from "../render/printed.ts";
import { type Bureau, openBureau, reportOf, sqsEvent } from "./bureau.ts";
import { Killed } from "./mortal.ts";
import { openPress, type Press, quickPrinter } from "./press.ts";

const unit = "137001";
const reviewer = "fengyuan";
const address = "/2022/137001/";
const evaluation = new TextEncoder().encode("%PDF-1.7\n% 项目支出绩效自评\n%%EOF\n");

/** A bureau whose unit, with a disclosed attachment, has just been approved; nothing is relayed yet. */
let approved: Bureau;
const opened: Bureau[] = [];
beforeAll(async () => {
  approved = await openBureau();
  await approved.open(unit);
  const hash = sha256(evaluation);
  await approved.data.vault.putIfAbsent(
    uploadKey(reportOf(unit), hash),
    evaluation,
    "application/pdf",
  );
  await approved.walk.submit(unit, {
    ...loadExampleUnit(unit).sections,
    attachments: {
      files: [
        {
          ...{ sha256: hash, name: "绩效自评.pdf", sizeBytes: evaluation.length },
          ...{ contentType: "application/pdf", disclosed: true },
        },
      ],
    },
  });
  await approved.walk.approve(unit);
  await approved.leave();
});
afterAll(async () => {
  for (const bureau of [...opened, approved]) await bureau.close();
});

async function anew(): Promise<Bureau> {
  const bureau = await openBureau(approved.folder);
  opened.push(bureau);
  return bureau;
}

async function approvedState(bureau: Bureau) {
  const { state } = await bureau.head(unit);
  if (state.status !== "approved") throw new Error(`It is ${state.status}.`);
  return state;
}

const undo = async (bureau: Bureau): Promise<void> => {
  const { submission } = await approvedState(bureau);
  await bureau.act(unit, reviewer, {
    type: "undo_approval",
    editionHash: submission.editionHash,
    reason: "附件有误，退回更换",
  });
};

/** Something that can be broken and mended again. */
interface Fault {
  readonly press: Press;
  readonly mend: () => void | Promise<void>;
}

/** A printer that prints badly, or not at all, until it is mended. */
function withPrinter(bureau: Bureau, bad: Partial<RenderDeps["printer"]>): Fault {
  let printer = { ...quickPrinter, ...bad };
  const press = openPress(bureau, {
    printer: {
      print: (...document) => printer.print(...document),
      layOut: (...document) => printer.layOut(...document),
    },
  });
  return {
    press,
    mend: () => {
      printer = quickPrinter;
    },
  };
}

const failingWith = (bureau: Bureau, error: () => Error): Fault =>
  withPrinter(bureau, { layOut: () => Promise.reject(error()) });

const refusing = (bureau: Bureau, failure: FailureCause): Fault =>
  failingWith(bureau, () => new WorkFailure(failure, `${failure.code}.`));

/** A file of the vault is gone, or holds other bytes, until it is put back. */
async function withoutFile(bureau: Bureau, key: string, instead?: Uint8Array): Promise<Fault> {
  const { vault } = bureau.data;
  const bytes = await vault.get(key);
  if (bytes === undefined) throw new Error(`No ${key}.`);
  if (instead === undefined) await vault.delete(key);
  else await vault.put(key, instead, "application/octet-stream");
  return {
    press: openPress(bureau),
    mend: () => vault.put(key, bytes, "application/octet-stream"),
  };
}

async function keyOfTable(bureau: Bureau): Promise<string> {
  const pointer = (await bureau.head(unit)).sections.t01;
  if (pointer === undefined) throw new Error("The report has no table.");
  return blobKey(pointer.sha256);
}

/** A bureau whose commits of such events are refused, as if somebody else always came first. */
function movingAt(bureau: Bureau, type: ReportEvent["type"]) {
  const { reports } = bureau.data;
  let moves = true;
  const commit: typeof reports.commit = (head, events, next) =>
    moves && events.some((event) => event.type === type)
      ? Promise.resolve(err({ code: "stale_version" }))
      : reports.commit(head, events, next);
  return {
    press: openPress({ ...bureau, data: { ...bureau.data, reports: { ...reports, commit } } }),
    mend: () => {
      moves = false;
    },
  };
}

const junk = new TextEncoder().encode("{}");

/**
 * How each cause of failure comes about; a cause without an entry does not compile. Interrupted work
 * says nothing of itself and has a test of its own.
 */
const faults: Readonly<
  Record<
    Exclude<FailureCause["code"], "interrupted">,
    {
      readonly step: "print" | "publish";
      readonly breaks: (bureau: Bureau) => Fault | Promise<Fault>;
    }
  >
> = {
  content_missing: {
    step: "print",
    breaks: async (bureau) => withoutFile(bureau, await keyOfTable(bureau)),
  },
  content_changed: {
    step: "print",
    breaks: async (bureau) => withoutFile(bureau, await keyOfTable(bureau), junk),
  },
  attachment_missing: {
    step: "publish",
    breaks: (bureau) => withoutFile(bureau, uploadKey(reportOf(unit), sha256(evaluation))),
  },
  attachment_changed: {
    step: "publish",
    breaks: (bureau) => withoutFile(bureau, uploadKey(reportOf(unit), sha256(evaluation)), junk),
  },
  glyph_missing: {
    step: "print",
    breaks: (bureau) =>
      withPrinter(bureau, {
        print: async (html, metadata) => ({
          ...(await quickPrinter.print(html, metadata)),
          pagesWithMissingGlyphs: [3],
        }),
      }),
  },
  page_oversize: {
    step: "print",
    breaks: (bureau) => refusing(bureau, { code: "page_oversize", pages: [7] }),
  },
  too_many_pages: {
    step: "print",
    breaks: (bureau) => refusing(bureau, { code: "too_many_pages", pages: 3_000, limit: 2_000 }),
  },
  document_too_large: {
    step: "print",
    breaks: (bureau) =>
      refusing(bureau, { code: "document_too_large", megabytes: 130, limit: 100 }),
  },
  print_timed_out: {
    step: "print",
    breaks: (bureau) => failingWith(bureau, () => new PrintTimeout(60_000)),
  },
  printer_unavailable: {
    step: "print",
    breaks: (bureau) =>
      withPrinter(
        bureau,
        createPrinter({ cacheDir, environment: {}, chromePath: "/nowhere/chrome" }),
      ),
  },
  print_missing: {
    step: "publish",
    // The PDF vanishes between its being stored and its being read.
    breaks: (bureau) => {
      let isGone = true;
      const vault: FileStore = {
        ...bureau.data.vault,
        get: (key) =>
          isGone && key.startsWith("renders/")
            ? Promise.resolve(undefined)
            : bureau.data.vault.get(key),
      };
      return {
        press: openPress({
          ...bureau,
          data: { ...bureau.data, vault: { ...bureau.data.vault, ...vault } },
        }),
        mend: () => {
          isGone = false;
        },
      };
    },
  },
  portal_unwritable: {
    step: "publish",
    breaks: (bureau) => {
      const press = openPress(bureau);
      press.portal.onWrite = () => Promise.reject(new Error("No space left on device."));
      return {
        press,
        mend: () => {
          press.portal.onWrite = () => undefined;
        },
      };
    },
  },
  report_moved: { step: "publish", breaks: (bureau) => movingAt(bureau, "published") },
  other: { step: "print", breaks: (bureau) => failingWith(bureau, () => new Error("Unheard of.")) },
};

describe("every cause of failure of printing and publishing", () => {
  const causes = Object.entries(faults) as [keyof typeof faults, (typeof faults)["other"]][];

  it.each(causes)(
    "%s: within bounded attempts the report shows it, and once it is mended a retry publishes",
    async (code, { step, breaks }) => {
      const bureau = await anew();
      const { press, mend } = await breaks(bureau);
      await press.settle(unit);

      const { failure } = await approvedState(bureau);
      if (failure === undefined) throw new Error("It waits for ever.");
      expect(failure).toMatchObject({ step, cause: { code } });
      expect(failure.attempts).toBe(isLasting(failure.cause) ? 1 : attemptsAllowed);
      const { turn } = await bureau.head(unit);
      expect(turn).toMatchObject({ queue: "360200#bureau_admin@000", due: "2023-08-21" });
      expect(bureau.lines.join("\n")).toContain("could not be made public and was given up");

      await mend();
      await bureau.act(unit, "xuning", { type: "retry_publication" });
      await press.settle(unit);
      const { state } = await bureau.head(unit);
      expect(state.status).toBe("published");
      expect(await readBack({ portal: press.portal, sha256 }, address)).toMatchObject({ ok: true });
    },
  );

  it("interrupted: work that never came to its end is shown as failed from its dead letter", async () => {
    const bureau = await anew();
    const press = openPress(bureau);
    await press.relay(unit);
    const letters = sqsEvent(press.queues.render.messages);
    expect((await press.handlers.deadLetters(letters)).batchItemFailures).toEqual([]);
    expect(await approvedState(bureau)).toMatchObject({
      failure: { step: "print", cause: { code: "interrupted" } },
    });
    // The same dead letter again changes nothing, nor does it once the bureau has had it tried again.
    const { version } = await bureau.head(unit);
    await press.handlers.deadLetters(letters);
    expect((await bureau.head(unit)).version).toBe(version);
    await bureau.act(unit, reviewer, { type: "retry_publication" });
    await press.handlers.deadLetters(letters);
    expect((await approvedState(bureau)).failure).toBeUndefined();
    await press.settle(unit);
    expect((await bureau.head(unit)).state.status).toBe("published");
  });

  it("a failure that comes late, after success, is no failure", async () => {
    const bureau = await anew();
    const press = openPress(bureau);
    await press.settle(unit);
    const { version } = await bureau.head(unit);
    const letters = [...press.queues.render.messages, ...press.queues.publish.messages];
    expect((await press.handlers.deadLetters(sqsEvent(letters))).batchItemFailures).toEqual([]);
    expect((await bureau.head(unit)).version).toBe(version);
  });

  it("success that comes late, after a failure, clears it", async () => {
    const bureau = await anew();
    const press = openPress(bureau);
    await press.relay(unit);
    await press.handlers.deadLetters(sqsEvent(press.queues.render.messages));
    await press.settle(unit);
    const { state } = await bureau.head(unit);
    expect(state.status).toBe("published");
    expect(state).not.toHaveProperty("failure");
  });

  it("a report that no queue knows of any more is shown as failed a day later", async () => {
    const bureau = await anew();
    const press = openPress(bureau);
    const plan = () =>
      press.handlers.publish(
        sqsEvent([["plan", JSON.stringify({ type: "plan", region: "360200" })]]),
      );
    const since = Date.parse((await approvedState(bureau)).approval.at);
    bureau.clock.at = new Date(since + forgottenAfterMs - 1).toISOString();
    await plan();
    expect((await approvedState(bureau)).failure).toBeUndefined();
    bureau.clock.at = new Date(since + forgottenAfterMs).toISOString();
    expect((await plan()).batchItemFailures).toEqual([]);
    expect(await approvedState(bureau)).toMatchObject({
      failure: { step: "print", cause: { code: "interrupted" } },
    });
  });

  it("is not what waited while the process that does all the work was stopped", async () => {
    const bureau = await anew();
    const since = Date.parse((await approvedState(bureau)).approval.at);
    bureau.clock.at = new Date(since + 3 * forgottenAfterMs).toISOString();
    const { data, now, log } = bureau;
    const lookFrom = (workingSince: string) =>
      giveUpForgotten({ ...data, files: data.vault, now, log, workingSince }, "360200", "000");
    await lookFrom(now());
    expect((await approvedState(bureau)).failure).toBeUndefined();
    await lookFrom(new Date(since).toISOString());
    expect((await approvedState(bureau)).failure).toBeDefined();
  });
});

describe("an outage", () => {
  /** The first message of a queue, as it comes after so many attempts and so long a time. */
  const late = (bureau: Bureau, message: readonly [string, string], minutes: number) =>
    sqsEvent([message], 40, new Date(Date.parse(bureau.clock.at) - minutes * 60_000).toISOString());

  it.each<[string, (bureau: Bureau) => Fault]>([
    ["the browser", (bureau) => refusing(bureau, { code: "printer_unavailable" })],
    ["the disk", (bureau) => failingWith(bureau, () => new Error("ENOSPC: no space left"))],
  ])("of ten minutes, of %s, is no failure however often it was tried", async (_, breaks) => {
    const bureau = await anew();
    const { press, mend } = breaks(bureau);
    await press.relay(unit);
    const [message = ["", ""]] = press.queues.render.messages;
    const answer = await press.handlers.render(late(bureau, message, 10));
    expect(answer.batchItemFailures).toHaveLength(1);
    expect((await approvedState(bureau)).failure).toBeUndefined();
    await mend();
    await press.settle(unit);
    expect((await bureau.head(unit)).state.status).toBe("published");
  });

  it("that goes on is shown as a failure", async () => {
    const bureau = await anew();
    const { press } = refusing(bureau, { code: "printer_unavailable" });
    await press.relay(unit);
    const [message = ["", ""]] = press.queues.render.messages;
    const answer = await press.handlers.render(late(bureau, message, 12));
    expect(answer.batchItemFailures).toEqual([]);
    expect((await approvedState(bureau)).failure).toMatchObject({
      cause: { code: "printer_unavailable" },
    });
  });

  it("that is the stopping of the process is no failure, however late, nor of a preview", async () => {
    const bureau = await anew();
    const { press } = failingWith(
      bureau,
      () => new Error("Not printed.", { cause: new WorkStopped("The printer is closed.") }),
    );
    await press.relay(unit);
    const { vault } = bureau.data;
    const asked = await requestPreview(
      { ...bureau, files: vault, sha256, renderQueue: press.queues.render },
      await bureau.head(unit),
    );
    for (const message of press.queues.render.messages) {
      const answer = await press.handlers.render(late(bureau, message, 90));
      expect(answer.batchItemFailures).toHaveLength(1);
    }
    expect((await approvedState(bureau)).failure).toBeUndefined();
    const preview = await previewState(
      { files: vault, now: bureau.now },
      { reportId: reportOf(unit) },
      asked.hash,
    );
    expect(preview?.status).toBe("rendering");
  });
});

describe("a dead letter that cannot be read", () => {
  it.each<[string, unknown]>([
    ["{", "{"],
    ["null", null],
    ['{"type":"render"}', { type: "render" }],
  ])("(%j) alarms with what it was, and is not tried again", async (body, logged) => {
    const bureau = await anew();
    const press = openPress(bureau);
    const answer = await press.handlers.deadLetters(sqsEvent([["strange", body]]));
    expect(answer.batchItemFailures).toEqual([]);
    const line = bureau.lines.find((one) => one.includes(alarmLines.unreadable)) ?? "{}";
    expect(JSON.parse(line)).toMatchObject({ level: "error", effectId: "strange", body: logged });
  });
});

describe("undoing an approval", () => {
  /** Nothing of the report is public, nor listed anywhere. */
  function expectNothingPublic({ portal }: Press) {
    const left = [...portal.files.keys()].filter((key) => key.includes("137001"));
    expect(left).toEqual([]);
    for (const [key, bytes] of portal.files) {
      expect(new TextDecoder().decode(bytes), key).not.toContain("/2022/137001/");
    }
  }

  /** Called before each write of the report's own files and records with its number, from 1. */
  function onOwnWrite(
    { portal }: Press,
    hook: (write: number, key: string) => void | Promise<void>,
  ): void {
    let count = 0;
    portal.onWrite = (_, key) =>
      key.startsWith(address.slice(1)) || key.startsWith(`catalogue${address}`)
        ? hook((count += 1), key)
        : undefined;
  }

  it("before anything was written leaves nothing to publish", async () => {
    const bureau = await anew();
    const press = openPress(bureau);
    await press.relay(unit);
    await press.handlers.render(sqsEvent(press.queues.render.messages));
    await undo(bureau);
    await press.settle(unit);
    expect((await bureau.head(unit)).state).toMatchObject({
      status: "draft",
      returned: { stage: "bureau", reason: "附件有误，退回更换" },
    });
    expectNothingPublic(press);
  });

  it("between any two writes of the portal is refused, and the report becomes public", async () => {
    const bureau = await anew();
    const press = openPress(bureau);
    const answers: string[] = [];
    let writes = 0;
    onOwnWrite(press, async (write) => {
      writes = write;
      answers.push(
        await undo(bureau).then(
          () => "undone",
          (error: unknown) => String(error),
        ),
      );
    });
    await press.settle(unit);
    expect(new Set(answers)).toEqual(
      new Set(["Error: undo_approval was refused: publication_under_way."]),
    );
    expect(answers.length).toBe(writes);
    expect((await bureau.head(unit)).state.status).toBe("published");
  });

  /** The keys that one publication of this report writes, in order. */
  async function keysOfPublication(): Promise<string[]> {
    const bureau = await anew();
    const press = openPress(bureau);
    const keys: string[] = [];
    onOwnWrite(press, (_, key) => {
      keys.push(key);
    });
    await press.settle(unit);
    return keys;
  }

  it("after a publication that broke off anywhere removes whatever it had written", async () => {
    const keys = await keysOfPublication();
    const record = keys.indexOf(`catalogue${address}1.json`) + 1;
    expect(record).toBeGreaterThan(5);
    // Before anything, among the submission's files, around the record that makes it count, at the very end.
    for (const at of [1, 5, record, record + 1, record + 4, keys.length]) {
      const bureau = await openBureau(approved.folder);
      const press = openPress(bureau);
      await press.relay(unit);
      await press.handlers.render(sqsEvent(press.queues.render.messages));
      onOwnWrite(press, (write) => {
        if (write >= at) throw new Error("The disk is full.");
      });
      await press.handlers.publish(sqsEvent(press.queues.publish.messages, attemptsAllowed));
      expect(await approvedState(bureau)).toMatchObject({
        failure: { cause: { code: "portal_unwritable" }, attempts: attemptsAllowed },
      });
      press.portal.onWrite = () => undefined;
      await undo(bureau);
      await press.settle(unit);
      expectNothingPublic(press);
      await bureau.close();
    }
  });

  it("ends the same when the power fails before every write of the removal", async () => {
    const broken = await anew();
    const first = openPress(broken);
    const writes = (await keysOfPublication()).length;
    // It breaks off after the record, so that pages already lead to the report.
    onOwnWrite(first, (write) => {
      if (write >= writes - 2) throw new Error("The disk is full.");
    });
    await first.settle(unit);
    first.portal.onWrite = () => undefined;
    await undo(broken);
    await first.relay(unit);
    const discards = sqsEvent(
      [...first.queues.publish.messages].filter(([id]) => id.endsWith(".discard")),
    );
    const before = new Map(first.portal.files);
    const clean = memoryFiles(before);
    await openPress(broken, { portal: clean }).handlers.publish(discards);
    expectNothingPublic({ ...first, portal: clean });
    for (let at = 1; at <= clean.writes(); at += 1) {
      const portal = memoryFiles(before);
      portal.onWrite = (write) => {
        if (write >= at) throw new Killed();
      };
      const press = openPress(broken, { portal });
      expect((await press.handlers.publish(discards)).batchItemFailures).toHaveLength(1);
      portal.onWrite = () => undefined;
      expect((await press.handlers.publish(discards)).batchItemFailures).toEqual([]);
      expect(treeOf(portal)).toEqual(treeOf(clean));
    }
  });

  it("of a correction leaves what was public before, byte for byte", async () => {
    const bureau = await anew();
    const press = openPress(bureau);
    await press.settle(unit);
    const before = treeOf(press.portal);
    await bureau.act(unit, "limin", { type: "correct", reason: "年末结转的原因写错了" });
    const { sections } = loadExampleUnit(unit);
    const { narrative } = sections;
    const reasons = { ...narrative.reasons, "expense.year": "上年信息化项目在本年验收付款" };
    await bureau.walk.submit(unit, { ...sections, narrative: { ...narrative, reasons } });
    await bureau.walk.approve(unit, "景财决〔2023〕15号");
    onOwnWrite(press, (write) => {
      if (write >= 20) throw new Error("The disk is full.");
    });
    await press.settle(unit);
    expect(treeOf(press.portal)).not.toEqual(before);
    press.portal.onWrite = () => undefined;
    await undo(bureau);
    await press.settle(unit);
    expect(treeOf(press.portal)).toEqual(before);
    expect((await bureau.head(unit)).state).toMatchObject({
      status: "draft",
      publication: { number: 1 },
    });
  });

  it("is followed by the next submission even when the removal comes after it", async () => {
    const bureau = await anew();
    const press = openPress(bureau);
    const writes = (await keysOfPublication()).length;
    onOwnWrite(press, (write) => {
      if (write >= writes - 2) throw new Error("The disk is full.");
    });
    await press.settle(unit);
    press.portal.onWrite = () => undefined;
    await undo(bureau);
    await press.relay(unit);
    const discards = sqsEvent(
      [...press.queues.publish.messages].filter(([id]) => id.endsWith(".discard")),
    );
    await bureau.walk.submit(unit, loadExampleUnit(unit).sections);
    await bureau.walk.approve(unit, "景财决〔2023〕16号");
    await press.settle(unit);
    const { state } = await bureau.head(unit);
    if (state.status !== "published") throw new Error(`It is ${state.status}.`);
    const tree = treeOf(press.portal);
    expect((await press.handlers.publish(discards)).batchItemFailures).toEqual([]);
    expect(treeOf(press.portal)).toEqual(tree);
    expect(await readBack({ portal: press.portal, sha256 }, address)).toMatchObject({
      ok: true,
      value: { report: { editionHash: state.submission.editionHash } },
    });
  });

  it("waits for a run that hangs; woken up late, the run writes nothing more", async () => {
    const bureau = await anew();
    const press = openPress(bureau);
    await press.relay(unit);
    await press.handlers.render(sqsEvent(press.queues.render.messages));
    const messages = sqsEvent(press.queues.publish.messages);
    let wake: () => void = () => undefined;
    const asleep = new Promise<void>((resolve) => {
      onOwnWrite(press, (write) =>
        write === 5
          ? new Promise<void>((goOn) => {
              wake = goOn;
              resolve();
            })
          : undefined,
      );
    });
    const hanging = press.handlers.publish(messages);
    await asleep;

    // Its message dies meanwhile; nothing is given up while the run might still write.
    expect((await press.handlers.deadLetters(messages)).batchItemFailures).toHaveLength(1);
    expect((await approvedState(bureau)).failure).toBeUndefined();
    await expect(undo(bureau)).rejects.toThrow("publication_under_way");
    bureau.clock.at = new Date(Date.parse(bureau.clock.at) + publicationSettledMs).toISOString();
    expect((await press.handlers.deadLetters(messages)).batchItemFailures).toEqual([]);
    await undo(bureau);
    await press.settle(unit);
    expectNothingPublic(press);

    wake();
    const answer = await hanging;
    expect(answer.batchItemFailures).toHaveLength(1);
    // Its message comes again and finds the submission no longer approved: what it left goes.
    expect((await press.handlers.publish(messages)).batchItemFailures).toEqual([]);
    expectNothingPublic(press);
    expect((await bureau.head(unit)).state.status).toBe("draft");
  });

  it("is never given up: a line of the lists whose message died is asked for anew", async () => {
    const bureau = await anew();
    const press = openPress(bureau);
    const index = JSON.stringify({ type: "index", reportId: reportOf(unit) });
    await press.handlers.deadLetters(sqsEvent([["x.index", index]]));
    expect([...press.queues.publish.messages.values()]).toEqual([index]);
    expect(bureau.lines.join("\n")).toContain("was not listed on the portal");
  });

  it("is never given up: a removal whose message died is asked for anew", async () => {
    const bureau = await anew();
    const press = openPress(bureau);
    const discard = {
      type: "discard",
      reportId: reportOf(unit),
      editionHash: (await approvedState(bureau)).submission.editionHash,
    };
    await press.handlers.deadLetters(sqsEvent([["x.discard", JSON.stringify(discard)]]));
    expect([...press.queues.publish.messages.values()]).toEqual([JSON.stringify(discard)]);
    expect(bureau.lines.join("\n")).toContain("must leave the portal");
  });
});

describe("a preview that cannot be printed", () => {
  it("is known as failed, with its cause, as soon as it was tried", async () => {
    const bureau = await anew();
    const { press } = failingWith(bureau, () => new PrintTimeout(35_000));
    const head = await bureau.head(unit);
    const deps = { ...bureau, files: bureau.data.vault, sha256, renderQueue: press.queues.render };
    const { hash } = await requestPreview(deps, head);
    expect(await previewState(deps, { reportId: head.id }, hash)).toEqual({
      hash,
      status: "rendering",
    });
    await press.handlers.render(sqsEvent(press.queues.render.messages));
    expect(await previewState(deps, { reportId: head.id }, hash)).toEqual({
      hash,
      status: "failed",
      cause: { code: "print_timed_out", seconds: 35 },
    });
    // Asked for again it is under way again.
    await requestPreview(deps, head);
    expect(await previewState(deps, { reportId: head.id }, hash)).toEqual({
      hash,
      status: "rendering",
    });
    expect(await bureau.data.vault.stat(renderKey(head.id, hash))).toBeUndefined();
  });
});
