import { createApp } from "../../../functions/api/app.ts";
import type { Log } from "../../../functions/platform/log.ts";
import type { Thread } from "../../../shared/workflow/thread.ts";
import type {
  RegistryStore,
  ReportHead,
  ReportStore,
  ThreadStore,
} from "../../../functions/storage/ports.ts";
import { withViews } from "../../../functions/storage/registry-view.ts";
import { ok } from "../../../shared/result.ts";
import { region, start, type Service } from "../../functions/api/service.ts";
import { orgs, people } from "./people.ts";

/** Thrown where something would be stored. */
class Written extends Error {}

/** The API over one report at one point of its life. */
export function deskOf(service: Service, id: string, head: ReportHead | undefined) {
  const writes: string[] = [];
  const faults: unknown[] = [];
  const write = (name: string) => () => {
    writes.push(name);
    return Promise.reject(new Written(name));
  };
  const heads = head === undefined ? [] : [head];
  const only =
    <T>(value: T) =>
    () =>
      Promise.resolve(value);
  const thread: Thread = {
    id: "00000000-0000",
    reportId: id,
    anchor: { kind: "section", section: "t01" },
    blocking: true,
    status: "open",
    version: 1,
    entries: [
      {
        ...{ id: "e1", by: "unitReviewer", byName: "unitReviewer", at: start, text: "请核对" },
        ...{ act: "open", level: "unit", role: "unit_reviewer" },
      },
    ],
  };
  const found = (asked: string) => heads.find((one) => one.id === asked);
  const reports: Partial<ReportStore> = {
    load: (asked) => Promise.resolve(found(asked)),
    surveyHead: (asked) => {
      const value = found(asked);
      return Promise.resolve(value && { name: asked, value });
    },
    byTurn: (queue) =>
      Promise.resolve({ items: heads.filter(({ turn }) => turn?.queue === queue) }),
    byYear: only({ items: heads }),
    byOrg: (_, code) => Promise.resolve({ items: heads.filter(({ orgCode }) => orgCode === code) }),
    events: only({ items: [] }),
    latestEvents: only({ items: [] }),
    surveyEvents: only({ items: [] }),
    create: write("report"),
    commit: write("report"),
    saveSection: write("section"),
    saveSections: write("sections"),
  };
  const threads: Partial<ThreadStore> = {
    list: (asked) => Promise.resolve(asked === id ? [thread] : []),
    survey: only([]),
    create: write("thread"),
    append: write("entry"),
  };
  const registry: RegistryStore = withViews({
    ...service.deps.registry,
    org: (_, code) => Promise.resolve(orgs.find((one) => one.code === code)),
    orgs: only({ items: orgs }),
    written: only(undefined),
    member: (_, subject) => Promise.resolve(people.find((one) => one.subject === subject)),
    members: only({ items: people.filter((one) => one.region === region) }),
    membersBySubject: (subject) => Promise.resolve(people.filter((one) => one.subject === subject)),
    commit: write("registry"),
  });
  const log: Log = {
    info: () => undefined,
    warn: () => undefined,
    error: (message, fields) => {
      const isFault = message === "A request failed." && !(fields?.["error"] instanceof Written);
      if (isFault) faults.push(fields?.["error"]);
    },
    with: () => log,
  };
  const app = createApp({
    ...service.deps,
    reports: reports as ReportStore,
    threads: threads as ThreadStore,
    registry,
    looks: { load: only(undefined), put: write("look") },
    notices: {
      put: write("notice"),
      list: only({ items: [] }),
      book: only(undefined),
      putBook: write("book"),
    },
    unsent: { list: only([]), load: only(undefined), put: write("unsent") },
    // It is enough that it is asked for.
    heavyWork: () => Promise.reject(new Written("heavy work")),
    verifyToken: (token) => Promise.resolve(ok({ subject: token, verified: {} })),
    log,
  });
  return { app, writes, faults };
}
