/**
 * What the use cases ask of storage, in the domain's words. Keys, tables and buckets stay in the adapters.
 * Reports: immutable blobs and one mutable head (docs/adr/0001); no multi-item transaction (docs/adr/0002).
 */
import type { AuditEntry } from "../../shared/audit/audit-entry.ts";
import type { ChainTip } from "./chain.ts";
import type { Disposition } from "./content-disposition.ts";
import type { OrgKind } from "../../shared/report/report.ts";
import type { BySection } from "../../shared/report/sections.ts";
import type { SectionId } from "../../shared/report/section-ids.ts";
import type { Invitation } from "../../shared/registry/invitation.ts";
import type {
  ChainedRegistryEvent,
  FiscalYear,
  Member,
  OrgNode,
  OwnEdition,
  RegistryEvent,
  RegistryRecord,
  RegistryState,
} from "../../shared/registry/registry.ts";
import type { Result } from "../../shared/result.ts";
import type { ChainedEvent, ReportEvent, ReportState } from "../../shared/workflow/report-state.ts";
import type {
  DepartmentLine,
  KeptReport,
  ReportNotes,
  RuleLine,
} from "../../shared/progress/progress.ts";
import type { DayTally } from "../../shared/progress/days.ts";
import type { SectionPointer } from "../../shared/report/section-pointer.ts";
import type { UnsentNote } from "../../shared/report/unsent-changes.ts";
import type { Look } from "../../shared/workflow/look.ts";
import type { Notice, NoticeBook } from "../../shared/workflow/notices.ts";
import type { Thread, ThreadEntry } from "../../shared/workflow/thread.ts";

/** The one mutable item of a report; every change is one conditional write of it. */
export interface ReportHead {
  readonly id: string;
  readonly region: string;
  readonly year: number;
  readonly orgCode: string;
  readonly orgName: string;
  readonly kind: OrgKind;
  /**
   * Org code of the department (主管部门) a unit's report was opened under or last handed in to; its own
   * for a department. Stays when the unit moves, until the next submit.
   */
  readonly departmentCode: string;
  readonly edition: string;
  /** Counts every write of the head, section saves included. */
  readonly version: number;
  readonly state: ReportState;
  readonly sections: BySection<SectionPointer>;
  /**
   * Subjects of everybody who saved anything since the report, or its correction, was opened
   * (docs/adr/0014). Heads stored before this was kept have none; the pointers then name the last ones.
   */
  readonly editors?: readonly string[];
  /** The version at which the last remark came in: a verdict on an older one did not see it. */
  readonly remarkVersion?: number;
  /** Last link of the event chain. */
  readonly chain: ChainTip;
  /** Events committed but not yet relayed. */
  readonly outbox: readonly ChainedEvent[];
  /** Trace of what caused those events (`platform/trace.ts`), by their number. */
  readonly traces?: Readonly<Record<string, string>>;
  /** Who must act and until when; absent when nobody must. Drives the worklist. */
  readonly turn?: { readonly queue: string; readonly due: string };
}

/** A section's new content, and the hash of the one it replaces (undefined: never saved). */
export interface SectionChange {
  readonly section: SectionId;
  readonly base: string | undefined;
  readonly pointer: SectionPointer;
}

export type CommitRefusal = { readonly code: "stale_version" };
export type SaveRefusal =
  | { readonly code: "not_draft" }
  /** Somebody saved this very section (of several: the first such) since; `current` is the stored pointer. */
  | { readonly code: "section_conflict"; readonly current: SectionPointer | undefined };

/** A stored item as it was found: its content, or the members in it that are not what was written. */
export type Found<T> =
  | { readonly name: string; readonly value: T }
  | { readonly name: string; readonly corrupt: string };

export interface Page<T> {
  readonly items: readonly T[];
  /** Opaque; hand it back for the next page. */
  readonly next?: string;
}
export interface PageRequest {
  readonly limit: number;
  readonly after?: string;
}

/** A page of a list of reports. One that cannot be read is named and keeps no other from being listed. */
export interface HeadPage extends Page<ReportHead> {
  /** Ids of the reports of this page whose head is damaged; absent when there are none. */
  readonly damaged?: readonly string[];
}

export interface ReportStore {
  load(id: string): Promise<ReportHead | undefined>;
  /** Puts a first head if none exists; `stale_version` when one does. */
  create(head: ReportHead): Promise<Result<ReportHead, CommitRefusal>>;
  /**
   * One conditional write: `version = :read`. The adapter chains `events` onto `head.chain`
   * (hash handed in by its caller's wiring), appends them to the outbox and counts the version up.
   */
  commit(
    head: ReportHead,
    events: readonly ReportEvent[],
    next: {
      readonly state: ReportState;
      readonly turn?: ReportHead["turn"];
      /** The department it is handed in to, where a submit names one. */
      readonly departmentCode?: string;
      /** What the node is called in what a submit hands in. */
      readonly orgName?: string;
      /** The edition (报表版式) that the draft goes on in, where it takes a later version. */
      readonly edition?: string;
      /** The next submission is written anew: nobody has saved anything of it yet. */
      readonly forgetsEditors?: boolean;
      /** Trace of what caused the events, kept beside them until they are relayed. */
      readonly trace?: string | undefined;
    },
  ): Promise<Result<ReportHead, CommitRefusal>>;
  /**
   * One conditional write: status is draft and the section still is `base` (undefined: never saved).
   * Whoever saves is counted among the editors. Bytes that are stored already keep their pointer, so
   * nobody takes the place of the author by saving the same again.
   */
  saveSection(
    id: string,
    section: SectionId,
    base: string | undefined,
    pointer: SectionPointer,
  ): Promise<Result<ReportHead, SaveRefusal>>;
  /** The same for several sections: all of them are saved, or none. */
  saveSections(
    id: string,
    changes: readonly SectionChange[],
  ): Promise<Result<ReportHead, SaveRefusal>>;
  /** Reports waiting for a queue, earliest due date first. */
  byTurn(queue: string, page: PageRequest): Promise<HeadPage>;
  /** Reports of a region's year, by org code. */
  byYear(region: string, year: number, page: PageRequest): Promise<HeadPage>;
  /** Reports of an org node over the years, newest first. */
  byOrg(region: string, orgCode: string, page: PageRequest): Promise<HeadPage>;
  /** Reports whose outbox is not empty: what the relay's sweep works through. */
  withOutbox(page: PageRequest): Promise<HeadPage>;
  /** Puts the event items of an outbox if absent, so that running twice is harmless. */
  recordEvents(events: readonly ChainedEvent[]): Promise<void>;
  /**
   * Takes events up to `seq` out of the outbox, once they are recorded and their effects are queued.
   * `known`, the head as it was just read, may save reading it again.
   */
  trimOutbox(id: string, seq: number, known?: ReportHead): Promise<void>;
  /** Recorded events in order. Those still in the outbox are in the head. */
  events(id: string, page: PageRequest): Promise<Page<ChainedEvent>>;
  /** The same, latest first. */
  latestEvents(id: string, page: PageRequest): Promise<Page<ChainedEvent>>;
  /** As `load`, but a damaged head is an answer; for verification and for what shows its result. */
  surveyHead(id: string): Promise<Found<ReportHead> | undefined>;
  /** As `events`, but a damaged event is an answer at its number. */
  surveyEvents(id: string, page: PageRequest): Promise<Page<FoundEvent>>;
}

/** An event item by the number in its key, whatever number its content has; 0 where the key has none. */
export type FoundEvent = Found<ChainedEvent> & { readonly seq: number };

/** The report has gone where nobody remarks any more, or is not there. */
export type RemarkRefusal = CommitRefusal | { readonly code: "not_commentable" };

/**
 * A remark enters through its report's head, which counts its version up in the same conditional write
 * (docs/adr/0014): a verdict committed on an earlier version is refused. Reading shows a remark from
 * that write on; a writer that was killed has its remark finished by the next.
 */
export interface ThreadStore {
  list(reportId: string): Promise<readonly Thread[]>;
  /** As `list`, but a damaged thread is an answer under its id. */
  survey(reportId: string): Promise<readonly Found<Thread>[]>;
  load(reportId: string, threadId: string): Promise<Thread | undefined>;
  create(thread: Thread): Promise<Result<Thread, RemarkRefusal>>;
  /** Adds an entry to the version that was read, and counts it up. */
  append(
    thread: Thread,
    entry: ThreadEntry,
    status: Thread["status"],
  ): Promise<Result<Thread, RemarkRefusal>>;
}

export interface UnsentStore {
  /** Notes of a report, by subject. */
  list(reportId: string): Promise<readonly UnsentNote[]>;
  load(reportId: string, subject: string): Promise<UnsentNote | undefined>;
  /** One conditional write on the version read, counted up. */
  put(note: UnsentNote): Promise<Result<UnsentNote, CommitRefusal>>;
}

/** What each person has looked at of a report in review (看过); nobody reads another's. */
export interface LookStore {
  load(reportId: string, subject: string): Promise<Look | undefined>;
  /** One conditional write on the version read, counted up. */
  put(look: Look): Promise<Result<Look, CommitRefusal>>;
}

/** Notices (通知) of each person in a region, and what they have read of them. */
export interface NoticeStore {
  /** Puts a notice; the same again is harmless. */
  put(region: string, subject: string, notice: Notice): Promise<void>;
  /** Latest first. At least the latest `noticesKept` are kept. */
  list(region: string, subject: string, page: PageRequest): Promise<Page<Notice>>;
  /** `consistent: false` where a moment's delay is worth half the price. */
  book(
    region: string,
    subject: string,
    reading?: { readonly consistent: boolean },
  ): Promise<NoticeBook | undefined>;
  /** One conditional write on the version read, counted up. */
  putBook(
    region: string,
    subject: string,
    book: NoticeBook,
  ): Promise<Result<NoticeBook, CommitRefusal>>;
}

/** The one mutable item of a region's registry; every change of it is one conditional write. */
export interface RegistryHead {
  readonly region: string;
  /** Counts every commit; 0 before the first. */
  readonly version: number;
  readonly state: RegistryState;
  /** Last link of the registry's chain. */
  readonly chain: ChainTip;
  /** Events committed, of which records and event items may still be to write. */
  readonly outbox: readonly ChainedRegistryEvent[];
  /** Name of the last record taken into the chain, while what older versions stored is taken in. */
  readonly adoptedTo?: string;
}

/** All that is stored of a region's registry, damage included. */
export interface RegistryInventory {
  readonly head: Found<RegistryHead> | undefined;
  /** By number. */
  readonly events: readonly Found<ChainedRegistryEvent>[];
  /** Named as `recordName` names them. */
  readonly records: readonly Found<RegistryRecord>[];
}

/**
 * Nodes and years of a region, for one request: each is read at first use and remembered
 * by this process until the registry changes (docs/adr/0025).
 */
export interface RegistryView {
  readonly region: string;
  org(code: string): Promise<OrgNode | undefined>;
  /** The root of the tree: the finance bureau. */
  bureau(): Promise<OrgNode | undefined>;
  /** Units that are, or once were, a department's, by code. */
  unitsOf(department: string): Promise<readonly OrgNode[]>;
  year(year: number): Promise<FiscalYear | undefined>;
  years(): Promise<readonly FiscalYear[]>;
  /** People who hold a role at a node, by subject. */
  membersAt(orgCode: string): Promise<readonly Member[]>;
}

/**
 * Offices, years and people of a region. They are written from the events of the region's head and by
 * nothing else, so that a change and its record in the chain are one write (docs/adr/0015). What belongs
 * to one node is read by the node; only verification and setting up read a region.
 */
export interface RegistryStore {
  view(region: string): Promise<RegistryView>;
  org(region: string, code: string): Promise<OrgNode | undefined>;
  /** Nodes that are, or once were, directly under a node (undefined: the bureau itself), by code. */
  orgsUnder(region: string, parent: string | undefined, page: PageRequest): Promise<Page<OrgNode>>;
  /** All nodes, by code. */
  orgs(region: string, page: PageRequest): Promise<Page<OrgNode>>;
  year(region: string, year: number): Promise<FiscalYear | undefined>;
  years(region: string): Promise<readonly FiscalYear[]>;
  member(region: string, subject: string): Promise<Member | undefined>;
  /** One of the bureau's own editions (本地版式), by its key. */
  edition(region: string, key: string): Promise<OwnEdition | undefined>;
  /** All of them by key, those that were given up included; at most `maxOwnEditions`. */
  editions(region: string): Promise<readonly OwnEdition[]>;
  /** All regions a person belongs to. */
  membersBySubject(subject: string): Promise<readonly Member[]>;
  /** People who hold a role at a node, by subject. */
  membersAt(region: string, orgCode: string): Promise<readonly Member[]>;
  /** All people, by subject. */
  members(region: string, page: PageRequest): Promise<Page<Member>>;
  invitation(region: string, id: string): Promise<Invitation | undefined>;
  /** All invitations of a region, latest first. */
  invitations(region: string, page: PageRequest): Promise<Page<Invitation>>;
  /** Invitations of any region that a code or an address names, by one of `invitationKeys`. */
  invitationsNamedBy(key: string): Promise<readonly Invitation[]>;

  head(region: string): Promise<RegistryHead | undefined>;
  /** One conditional write, `version = :read` (0: none is stored); chains the events and adds them to the outbox. */
  commit(
    head: RegistryHead,
    events: readonly RegistryEvent[],
    next: Pick<RegistryHead, "state" | "adoptedTo">,
  ): Promise<Result<RegistryHead, CommitRefusal>>;
  /** Stores a record as an event left it, unless the same or a later version is stored, and what it is found by. */
  project(record: RegistryRecord): Promise<void>;
  /** Number of the last event whose records are all stored; undefined when nobody kept it yet. */
  written(region: string): Promise<number | undefined>;
  /** Counts that number up, never down. */
  markWritten(region: string, seq: number): Promise<void>;
  /** Puts event items if absent, so that running twice is harmless. */
  recordEvents(events: readonly ChainedRegistryEvent[]): Promise<void>;
  /** Takes events up to `seq` out of the outbox, once records and event items are written. */
  trimOutbox(region: string, seq: number): Promise<void>;
  /** Regions whose outbox is not empty. */
  withOutbox(page: PageRequest): Promise<Page<string>>;
  /** Recorded events, latest first. Those still in the outbox are in the head. */
  events(region: string, page: PageRequest): Promise<Page<ChainedRegistryEvent>>;
  /** Reads everything of a region, for verification alone. */
  inventory(region: string): Promise<RegistryInventory>;
}

/** A year of a region. */
export interface YearOfRegion {
  readonly region: string;
  readonly year: number;
}

/**
 * Where the reports of a year have come (进度), kept beside their heads by the relay so that lists, sums
 * and reminders need not read heads (docs/adr/0026). It can always be made again from heads and registry.
 */
export interface ProgressStore {
  /** What is kept under a department, by org code; what went to another department is left out. */
  under(year: YearOfRegion, department: string): Promise<readonly KeptReport[]>;
  /** One of them. */
  kept(year: YearOfRegion, department: string, orgCode: string): Promise<KeptReport | undefined>;
  /** Keeps a report under a department, unless it is kept as of a later version of its head. */
  keep(year: YearOfRegion, department: string, report: KeptReport): Promise<void>;
  line(year: YearOfRegion, department: string): Promise<DepartmentLine | undefined>;
  /** Departments by code. */
  lines(year: YearOfRegion, page: PageRequest): Promise<Page<DepartmentLine>>;
  /** One conditional write on the version read, counted up; false when it moved. */
  putLine(year: YearOfRegion, line: DepartmentLine): Promise<boolean>;
  /** Notes of the reports under a department, by org code. */
  notes(year: YearOfRegion, department: string): Promise<readonly ReportNotes[]>;
  note(year: YearOfRegion, department: string, orgCode: string): Promise<ReportNotes | undefined>;
  /** As `putLine`. */
  putNote(year: YearOfRegion, department: string, note: ReportNotes): Promise<boolean>;
  /** Rules broken in a department; absent where nothing was checked. */
  ruleLine(year: YearOfRegion, department: string): Promise<RuleLine | undefined>;
  ruleLines(year: YearOfRegion, page: PageRequest): Promise<Page<RuleLine>>;
  /** As `putLine`. */
  putRuleLine(year: YearOfRegion, line: RuleLine): Promise<boolean>;
  /** What the year added up to on a day; written again it is replaced. */
  putDay(year: YearOfRegion, day: DayTally): Promise<void>;
  /** Latest days first. */
  days(year: YearOfRegion, page: PageRequest): Promise<Page<DayTally>>;
  /** Number of the last registry event that the lines follow; undefined before the first. */
  followed(region: string): Promise<number | undefined>;
  markFollowed(region: string, seq: number): Promise<void>;
  /** Where the check of kept reports against their heads goes on; undefined: from the start. */
  checkPosition(region: string): Promise<CheckPosition | undefined>;
  setCheckPosition(region: string, position: CheckPosition): Promise<void>;
}

/**
 * Every event of a region by time (审计记录), listed beside the chains by the relay so that an audit need not read them
 * all. It proves nothing, and can always be made again from the events.
 */
export interface AuditLog {
  /** Lists events; the same again is harmless. */
  record(region: string, entries: readonly AuditEntry[]): Promise<void>;
  /** Entries of a month (YYYY-MM in UTC) before an instant, latest first. */
  entries(
    region: string,
    month: string,
    before: string,
    page: PageRequest,
  ): Promise<Page<AuditEntry>>;
  /** Number of the last registry event that is listed; undefined before the first. */
  listed(region: string): Promise<number | undefined>;
  markListed(region: string, seq: number): Promise<void>;
}

/** A year, and within it the page by org code. */
export interface CheckPosition {
  readonly year: number;
  readonly after?: string;
}

/** Markers that something was done for somebody, for consumers whose output is not itself the marker. */
export interface EffectLog {
  /** Whom it was done for on an occasion. */
  done(occasion: string): Promise<ReadonlySet<string>>;
  /** The first time is kept; `name` is whom it is done for. */
  markDone(occasion: string, name: string, at: string): Promise<void>;
}

/** For whoever asks whether the store takes anything (docs/adr/0027). */
export interface StoreProbe {
  /** Writes, as durably as everything else, what nobody reads; nothing accumulates. */
  write(at: string): Promise<void>;
}

/** Everything that is kept as records rather than as files. */
export interface Stores {
  readonly reports: ReportStore;
  readonly threads: ThreadStore;
  readonly unsent: UnsentStore;
  readonly looks: LookStore;
  readonly notices: NoticeStore;
  readonly registry: RegistryStore;
  readonly progress: ProgressStore;
  readonly audit: AuditLog;
  readonly effects: EffectLog;
  readonly probe: StoreProbe;
}

export interface StoredFile {
  readonly key: string;
  readonly sizeBytes: number;
}

export interface UploadTicket {
  readonly url: string;
  readonly method: "POST";
  /** Form fields to send before the file field named `file`. */
  readonly fields: Readonly<Record<string, string>>;
  readonly expiresAt: string;
}

/**
 * Files by key: S3, or a folder. Two of them exist: the vault (blobs, uploads, renders; private)
 * and the portal (public). A reader never sees a half-written file.
 */
export interface FileStore {
  /** `exists` when a file already has this key; nothing is overwritten. */
  putIfAbsent(key: string, bytes: Uint8Array, contentType: string): Promise<"stored" | "exists">;
  /** Replaces whole; for index pages and other deterministic output. */
  put(key: string, bytes: Uint8Array, contentType: string): Promise<void>;
  get(key: string): Promise<Uint8Array | undefined>;
  stat(key: string): Promise<StoredFile | undefined>;
  list(prefix: string): Promise<readonly StoredFile[]>;
  delete(key: string): Promise<void>;
}

/** Files that are only read. */
export type FileReader = Pick<FileStore, "get" | "stat" | "list">;

/**
 * Uploads go straight from the browser to the file store. A ticket takes the bytes of one hash and exact
 * size, under one key and type, for a time; other bytes are refused and nothing of them is kept.
 */
export interface UploadTickets {
  issue(request: {
    readonly key: string;
    readonly contentType: string;
    readonly sizeBytes: number;
    /** Hex, as everywhere. */
    readonly sha256: string;
    readonly expiresInSeconds: number;
  }): Promise<UploadTicket>;
}

/** A time-limited address for one stored file. */
export interface DownloadLinks {
  issue(request: {
    readonly key: string;
    readonly fileName: string;
    readonly contentType: string;
    readonly disposition: Disposition;
    readonly expiresInSeconds: number;
  }): Promise<string>;
}

/**
 * A queue that takes one message an effect; sending the same id again is harmless. Messages of one group
 * are handled one at a time; without a group the message's own is taken (`groupOfMessage`).
 */
export interface EffectQueue {
  send(message: {
    readonly id: string;
    readonly body: string;
    readonly group?: string;
  }): Promise<void>;
}

/** How a queue is doing. */
export interface QueueStatus {
  readonly name: string;
  /** Messages that are neither done nor dead. */
  readonly waiting: number;
  /** Age of the oldest of them. */
  readonly oldestWaitingMs: number;
  /** Messages that nobody will handle any more. */
  readonly dead: number;
}
