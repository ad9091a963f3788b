import { loadSection, type ContentDeps } from "../../../functions/use-cases/report-content.ts";
import type { ThreadStore } from "../../../functions/storage/ports.ts";
import { namedSections, type SectionId } from "../../../shared/report/section-ids.ts";
import { casts, reportOf } from "./cast.ts";
import type { StoredReport } from "./inspect.ts";
import type { Begun, OutputLine } from "./output-line.ts";

/**
 * Remembers what the killed processes reported and compares it with what is stored: an act that was
 * acknowledged is there, one that was refused is not, and one in flight is there whole or not at all.
 */
export interface Remembered {
  /** Section → instant of the save that must be stored, and its blob when that was acknowledged. */
  readonly sections: Map<SectionId, { readonly at: string; readonly sha256?: string }>;
  /** Saves that were stored, in all. */
  saves: number;
  /** Instants of the orders that were stored, oldest first, with the link that was acknowledged. */
  readonly orders: { readonly at: string; readonly link?: { seq: number; hash: string } }[];
  readonly threads: Set<string>;
  readonly refused: Set<string>;
  readonly inFlight: Map<number, Begun>;
}

/** What a person may be answered when two act at once or the report is not ready; all else is a fault. */
export const honestRefusals: ReadonlySet<string> = new Set([
  ...["blocking_findings", "blocking_threads", "sign_offs_missing", "units_outstanding"],
  ...["stale_version", "not_draft", "wrong_status"],
]);

type Memory = ReadonlyMap<string, Remembered>;

const blank = (): Memory =>
  new Map(
    casts.map((cast) => [
      reportOf(cast),
      {
        ...{ sections: new Map(), saves: 0, orders: [], threads: new Set<string>() },
        ...{ refused: new Set<string>(), inFlight: new Map<number, Begun>() },
      },
    ]),
  );

export function createWitness(memory = blank()) {
  const of = (report: string): Remembered => {
    const found = memory.get(report);
    if (found === undefined) throw new Error(`Nobody was to work on ${report}.`);
    return found;
  };
  const begun = new Map<number, Begun>();
  const faults: string[] = [];
  const counts = { saves: 0, orders: 0, remarks: 0, refused: 0, cutShort: 0, cutShortButStored: 0 };

  function settle(act: number): Begun {
    const found = begun.get(act);
    if (found === undefined) throw new Error(`Act ${String(act)} ended and never began.`);
    begun.delete(act);
    of(found.report).inFlight.delete(act);
    return found;
  }

  return {
    counts,
    memory,

    /** Takes what is stored before the first process starts for acknowledged. */
    trust({ head, events }: StoredReport): void {
      const report = of(head.id);
      report.saves = head.version - head.chain.seq;
      report.orders.push(
        ...events.map(({ event: { at }, seq, hash }) => ({ at, link: { seq, hash } })),
      );
      for (const section of namedSections(head.sections)) {
        const pointer = head.sections[section];
        if (pointer !== undefined) report.sections.set(section, pointer);
      }
    },

    hear(line: OutputLine): void {
      switch (line.say) {
        case "saves":
        case "orders":
        case "remarks":
          begun.set(line.act, line);
          of(line.report).inFlight.set(line.act, line);
          return;
        case "saved": {
          const save = settle(line.act);
          if (save.say !== "saves") throw new Error("What was saved was no save.");
          const report = of(save.report);
          report.sections.set(save.section, { at: save.at, sha256: line.sha256 });
          report.saves += 1;
          counts.saves += 1;
          return;
        }
        case "ordered": {
          const { report, at } = settle(line.act);
          of(report).orders.push({ at, link: { seq: line.seq, hash: line.hash } });
          counts.orders += 1;
          return;
        }
        case "remarked":
          of(settle(line.act).report).threads.add(line.thread);
          counts.remarks += 1;
          return;
        case "refused": {
          const { report, at } = settle(line.act);
          of(report).refused.add(at);
          counts.refused += 1;
          if (!honestRefusals.has(line.code)) faults.push(`${report}: refused as ${line.code}.`);
          return;
        }
        default:
          return;
      }
    },

    /** Compares with what is stored after the process that spoke has died. */
    async compare(
      stores: ContentDeps & { readonly threads: ThreadStore },
      report: string,
      found: StoredReport | undefined,
    ): Promise<string[]> {
      const remembered = of(report);
      const { head, events = [] } = found ?? {};
      const wrong = [...faults.splice(0)];
      const fault = (sentence: string) => wrong.push(`${report}: ${sentence}`);

      const linkOf = (act: Begun) => events.findIndex(({ event }) => event.at === act.at);
      const cutShort = [...remembered.inFlight.values()].sort((a, b) => linkOf(a) - linkOf(b));
      /** Whether one of those cut short is what is stored in its section. */
      const isStored = (act: Begun) =>
        act.say === "saves" && head?.sections[act.section]?.at === act.at;
      /** Whether it may be stored and yet bear no trace but the count of the head. */
      const mayBeHidden = async (act: Begun): Promise<boolean> => {
        if (act.say !== "saves" || isStored(act)) return false;
        // Another of its section, which was cut short as well, was stored after it.
        if (
          cutShort.some(
            (other) => other.say === "saves" && other.section === act.section && isStored(other),
          )
        )
          return true;
        // The very bytes that were stored already, which stay their author's.
        const pointer = head?.sections[act.section];
        if (pointer === undefined) return false;
        const content = await loadSection(stores, act.section, pointer.sha256);
        return JSON.stringify(content).includes(act.token);
      };
      const hidden = (await Promise.all(cutShort.map(mayBeHidden))).filter(Boolean).length;
      for (const act of cutShort) {
        counts.cutShort += 1;
        begun.delete(act.act);
        if (act.say === "orders" && linkOf(act) >= 0) {
          remembered.orders.push({ at: act.at });
          counts.cutShortButStored += 1;
        }
        const pointer = act.say === "saves" ? head?.sections[act.section] : undefined;
        if (act.say !== "saves" || pointer?.at !== act.at) continue;
        remembered.sections.set(act.section, { at: act.at });
        remembered.saves += 1;
        counts.cutShortButStored += 1;
        const content = await loadSection(stores, act.section, pointer.sha256);
        if (!JSON.stringify(content).includes(act.token)) {
          fault(`section ${act.section} of ${act.at} is not what was being saved.`);
        }
      }
      remembered.inFlight.clear();

      for (const [section, { at, sha256 }] of remembered.sections) {
        const pointer = head?.sections[section];
        // Saving the bytes that are stored is acknowledged and leaves them their author's.
        const isSameContent = sha256 !== undefined && pointer?.sha256 === sha256;
        if (pointer?.at !== at && !isSameContent) {
          fault(
            `section ${section} is that of ${String(pointer?.at)}; the one of ${at} was acknowledged.`,
          );
        } else if (sha256 !== undefined && pointer.sha256 !== sha256) {
          fault(`section ${section} of ${at} is another blob than was acknowledged.`);
        }
      }
      for (const [section, { at }] of Object.entries(head?.sections ?? {})) {
        if (!remembered.sections.has(section as SectionId))
          fault(`nobody saved section ${section}.`);
        if (remembered.refused.has(at)) fault(`the save of ${at} was refused and is stored.`);
      }
      // A remark enters through the head, and counts its version up as a save does.
      const remarks = (await stores.threads.list(report)).flatMap(({ entries }) => entries).length;
      const saves = head === undefined ? 0 : head.version - head.chain.seq - remarks;
      if (saves < remembered.saves || saves > remembered.saves + hidden) {
        fault(`the head counts ${String(saves)} saves; ${String(remembered.saves)} were stored.`);
      }
      remembered.saves = saves;

      const people = events.filter(({ event }) => event.by !== "publish");
      const [stored, ordered] = [
        people.map(({ event }) => event.at),
        remembered.orders.map(({ at }) => at),
      ];
      for (const at of ordered.filter((one) => !stored.includes(one))) {
        fault(`the act of ${at} was acknowledged and is not in the chain.`);
      }
      for (const at of stored.filter((one) => !ordered.includes(one))) {
        fault(`the chain has an act of ${at} that nobody was answered.`);
      }
      if (stored.length === ordered.length && stored.join() !== ordered.join()) {
        fault("the acts are in another order than they were acknowledged in.");
      }
      const bySeq = new Map(events.map((event) => [event.seq, event]));
      for (const { at, link } of remembered.orders) {
        if (link !== undefined && bySeq.get(link.seq)?.hash !== link.hash) {
          fault(`the act of ${at} is not the link that was acknowledged.`);
        }
      }

      const threads = new Set((await stores.threads.list(report)).map(({ id }) => id));
      for (const id of remembered.threads) {
        if (!threads.has(id)) fault(`the remark ${id} was acknowledged and is gone.`);
      }
      return wrong;
    },
  };
}
