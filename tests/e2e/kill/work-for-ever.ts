import { setTimeout as pause } from "node:timers/promises";
import type { PlayDeps } from "../../../infra/local/seed/play.ts";
import { actorTowards } from "../../../shared/registry/access.ts";
import { lineageOf } from "../../../functions/use-cases/access.ts";
import { explainFinding } from "../../../functions/use-cases/explain.ts";
import { findingsView } from "../../../functions/use-cases/findings-view.ts";
import { handleCommand, type ReportInHand } from "../../../functions/use-cases/handle-command.ts";
import { openReport } from "../../../functions/use-cases/open-report.ts";
import { manifestOf } from "../../../functions/use-cases/report-content.ts";
import { loadReportToCheck } from "../../../functions/use-cases/report-to-check.ts";
import { saveSection } from "../../../functions/use-cases/save-section.ts";
import { inPlace } from "../../../functions/use-cases/heavy-work.ts";
import { submitReport } from "../../../functions/use-cases/submit-report.ts";
import { threadFacts } from "../../../functions/use-cases/thread-facts.ts";
import { openThread } from "../../../functions/use-cases/threads.ts";
import { shippedEditions } from "../../../shared/editions/shipped-editions.ts";
import type { Sections } from "../../../shared/report/sections.ts";
import { sectionIdsOf, tableIn, type SectionId } from "../../../shared/report/section-ids.ts";
import type { Result } from "../../../shared/result.ts";
import { stageAbove } from "../../../shared/workflow/decide.ts";
import type { Actor, Command, ReportState } from "../../../shared/workflow/report-state.ts";
import { signOffKinds } from "../../../shared/workflow/transitions.ts";
import type { ReportHead } from "../../../functions/storage/ports.ts";
import { seedReason } from "../../../infra/local/seed/reports/reasons.ts";
import { type Cast, reportOf } from "./cast.ts";
import type { Random } from "../../random.ts";
import type { Begun, OutputLine } from "./output-line.ts";
import { everyMember } from "../../functions/enter.ts";

/** Says what begins and what is done, and numbers the acts of this process. */
export interface Voice {
  readonly say: (line: OutputLine) => void;
  readonly nextAct: () => number;
  /** A later one at each call. */
  readonly nextInstant: () => string;
}

interface Change {
  readonly section: SectionId;
  readonly value: unknown;
  readonly token: string;
}

type InReview = Extract<ReportState, { status: "in_review" }>;

/**
 * The people of one report fill, save, submit, return, sign off, approve and correct it, without end,
 * through the use cases of the API. What they do next is drawn by lot from what its state offers.
 */
export async function workForEver(
  stage: PlayDeps,
  voice: Voice,
  { cast, sections, random }: { cast: Cast; sections: Sections; random: Random },
): Promise<never> {
  const report = reportOf(cast);

  const place = await placeOf(stage, cast);
  const people = new Map(
    (await everyMember(stage.registry, cast.region)).map((member) => [
      member.subject,
      actorTowards(member, place.lineage),
    ]),
  );
  const person = (subject: string | undefined): Actor => {
    const found = people.get(subject ?? "");
    if (found === undefined) throw new Error(`Nobody is called ${String(subject)}.`);
    return found;
  };

  async function act<Value>(
    intent: DistributedOmit<Begun, "act" | "at" | "report">,
    work: (at: string) => Promise<Result<Value, { readonly code: string }>>,
    done: (value: Value, act: number) => OutputLine,
  ): Promise<Value | undefined> {
    const number = voice.nextAct();
    const at = voice.nextInstant();
    voice.say({ ...intent, act: number, report, at });
    const result = await work(at);
    if (result.ok) {
      voice.say(done(result.value, number));
      return result.value;
    }
    voice.say({ say: "refused", act: number, code: result.error.code });
    return undefined;
  }

  const save = ({ head }: ReportInHand, { section, value, token }: Change, preparer: Actor) =>
    act(
      { say: "saves", section, token },
      (at) =>
        saveSection(
          { ...stage, now: () => at },
          head,
          { section, base: head.sections[section]?.sha256, value },
          preparer,
        ),
      ({ pointer }, number) => ({ say: "saved", act: number, sha256: pointer.sha256 }),
    );

  const order = (
    type: string,
    work: (at: string) => Promise<Result<ReportHead, { readonly code: string }>>,
  ) =>
    act({ say: "orders", order: type }, work, ({ chain }, number) => ({
      say: "ordered",
      act: number,
      ...chain,
    }));

  const command = (inHand: ReportInHand, wanted: Command, actor: Actor) =>
    order(wanted.type, (at) => handleCommand({ ...stage, now: () => at }, inHand, wanted, actor));

  const submit = (inHand: ReportInHand, preparer: Actor) =>
    order("submit", (at) =>
      submitReport({ ...stage, heavyWork: inPlace, now: () => at }, inHand, preparer),
    );

  /** Gives every warning of the draft its reason; answers the report as it then is. */
  async function explain({ head }: ReportInHand, preparer: Actor): Promise<ReportInHand> {
    const content = await loadReportToCheck(stage, manifestOf(head));
    for (const finding of findingsView(content, []).findings) {
      const { id, severity, explanation } = finding;
      if (id === undefined || severity !== "warning" || explanation !== undefined) continue;
      const request = { finding: id, reason: seedReason(finding) };
      await act(
        { say: "saves", section: "explanations", token: "" },
        (at) =>
          explainFinding({ ...stage, heavyWork: inPlace, now: () => at }, head, request, preparer),
        ({ pointer }, number) => ({ say: "saved", act: number, sha256: pointer.sha256 }),
      );
    }
    return { ...place, head: (await stage.reports.load(report)) ?? head };
  }

  const open = () =>
    order("open", (at) => openReport({ ...stage, now: () => at }, place, person(cast.preparer)));

  async function draw(inHand: ReportInHand): Promise<void> {
    const preparer = person(cast.preparer);
    const { head } = inHand;
    const missing = sectionsOf(head).filter((id) => head.sections[id] === undefined);
    if (missing.length > 0) {
      // People on different tables at the same time.
      await Promise.all(
        missing
          .slice(0, 1 + random.below(4))
          .map((id) => save(inHand, { section: id, value: sections[id], token: "" }, preparer)),
      );
    } else if (random.chance(0.55)) {
      const changes = [addDuty, addParagraph, ...(head.region === "360200" ? [countGuests] : [])];
      await Promise.all(
        changes
          .slice(random.below(changes.length))
          .map((change) => save(inHand, change(sections, random), preparer)),
      );
    } else if (random.chance(0.15)) {
      await save(inHand, mistype(sections, random), preparer);
    } else if (random.chance(0.1)) {
      const explained = await explain(inHand, preparer);
      // A save that overtakes the submit voids it; one that comes too late is refused.
      await Promise.all([
        submit(explained, preparer),
        save(explained, addParagraph(sections, random), preparer),
      ]);
    } else if ((await submit(await explain(inHand, preparer), preparer)) === undefined) {
      const head = await stage.reports.load(report);
      if (head?.state.status !== "draft") return;
      await save(
        { ...place, head },
        { section: "t03", value: tableIn(sections, "t03"), token: "" },
        preparer,
      );
    }
  }

  async function review(inHand: ReportInHand, state: InReview): Promise<void> {
    const { editionHash } = state.submission;
    const reviewer = person(cast.reviewers[state.stage]);
    const missing = signOffKinds.filter((kind) => state.signOffs[kind] === undefined);
    const next = stageAbove(inHand.head.kind, state.stage);
    const facts = threadFacts(await stage.threads.list(report), stage.sha256);
    if (random.chance(0.05)) {
      await act(
        { say: "remarks" },
        (at) =>
          openThread(
            { ...stage, now: () => at },
            inHand.head,
            { anchor: { kind: "section", section: "t01" }, text: word(random), blocking: false },
            reviewer,
          ),
        ({ id }, number) => ({ say: "remarked", act: number, thread: id }),
      );
    } else if (random.chance(0.04)) {
      const preparer = person(cast.preparer);
      await command(inHand, { type: "withdraw" }, preparer);
    } else if (random.chance(0.06)) {
      const to = random.pick(["preparer", "level_below"] as const);
      const reason = `请核对${word(random)}。`;
      await command(inHand, { type: "return", editionHash, reason, to, ...facts }, reviewer);
    } else if (next !== "unit" && missing[0] !== undefined && random.chance(0.7)) {
      const signer = person(cast.signers[missing[0]]);
      await command(inHand, { type: "sign_off", kind: missing[0], editionHash }, signer);
    } else {
      const documentNumber = `财决〔2023〕${String(random.below(1000))}号`;
      await command(inHand, { type: "approve", editionHash, documentNumber, ...facts }, reviewer);
    }
  }

  for (;;) {
    const head = await stage.reports.load(report);
    if (head === undefined) {
      await open();
      continue;
    }
    const inHand = { ...place, head };
    const { state } = head;
    if (state.status === "draft") await draw(inHand);
    else if (state.status === "in_review") await review(inHand, state);
    else if (state.status === "published" && random.chance(0.3)) {
      const reason = `更正${word(random)}。`;
      await command(inHand, { type: "correct", reason }, person(cast.preparer));
    } else await pause(60); // the functions behind the queues are at work
  }
}

async function placeOf({ registry }: PlayDeps, { region, year, orgCode }: Cast) {
  const view = await registry.view(region);
  const [org, lineage, fiscalYear] = await Promise.all([
    view.org(orgCode),
    lineageOf(view, orgCode),
    view.year(year),
  ]);
  if (org === undefined || lineage === undefined || fiscalYear === undefined) {
    throw new Error(`The registry does not know ${orgCode}.`);
  }
  return { org, lineage, year: fiscalYear };
}

type DistributedOmit<Union, Key extends PropertyKey> = Union extends unknown
  ? Omit<Union, Key>
  : never;

/** Sections the report's edition has; explanations are given one by one. */
function sectionsOf({ edition }: ReportHead): SectionId[] {
  const found = shippedEditions.byId(edition);
  return found === undefined ? [] : sectionIdsOf(found).filter((id) => id !== "explanations");
}

function word(random: Random): string {
  const letters = "bcdfghjklmnpqrstvwxz";
  return Array.from({ length: 12 }, () => letters[random.below(letters.length)]).join("");
}

function addDuty({ facts }: Sections, random: Random): Change {
  const token = word(random);
  return {
    section: "facts",
    token,
    value: { ...facts, duties: [...facts.duties, `承担${token}工作。`] },
  };
}

function addParagraph({ narrative }: Sections, random: Random): Change {
  const token = word(random);
  return {
    section: "narrative",
    token,
    value: { ...narrative, additions: { basic: [`另需说明：${token}。`] } },
  };
}

function countGuests({ t09 }: Sections, random: Random): Change {
  const guests = 10_000_000 + random.below(89_999_999);
  return {
    section: "t09",
    token: String(guests),
    value: {
      rows: (t09?.rows ?? []).map((row) =>
        row.key === "domestic_persons" ? { ...row, cells: { ...row.cells, final: guests } } : row,
      ),
    },
  };
}

/** A total that does not add up: it may be saved and may not be submitted. */
function mistype({ t03 }: Sections, random: Random): Change {
  const amount = 10_000_000 + random.below(89_999_999);
  return {
    section: "t03",
    token: String(amount),
    value: {
      rows: (t03?.rows ?? []).map((row) =>
        row.key === "total" ? { ...row, cells: { ...row.cells, total: amount } } : row,
      ),
    },
  };
}
