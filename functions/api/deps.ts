import type { OpenAPIHono } from "@hono/zod-openapi";
import type { ErrorCode } from "../../shared/contract/errors.ts";
import type { Sha256 } from "../../shared/canonical-json.ts";
import type { EditionLibrary } from "../../shared/editions/edition-library.ts";
import type { Identity, VerifyToken } from "../platform/auth/verify-token.ts";
import type { Log } from "../platform/log.ts";
import type { LicensedFonts } from "../use-cases/report-to-check.ts";
import type { Member } from "../../shared/registry/registry.ts";
import type {
  AuditLog,
  DownloadLinks,
  EffectQueue,
  FileReader,
  FileStore,
  LookStore,
  NoticeStore,
  ProgressStore,
  QueueStatus,
  RegistryStore,
  ReportStore,
  ThreadStore,
  UnsentStore,
  UploadTickets,
} from "../storage/ports.ts";
import type { HeavyWork } from "../use-cases/heavy-work.ts";
import type { Accounts } from "../use-cases/reset-password.ts";
import type { Rates } from "./rate-limit.ts";

export interface ApiDeps extends LicensedFonts {
  readonly editions: EditionLibrary;
  readonly reports: ReportStore;
  readonly threads: ThreadStore;
  readonly unsent: UnsentStore;
  readonly looks: LookStore;
  readonly notices: NoticeStore;
  readonly registry: RegistryStore;
  readonly progress: ProgressStore;
  readonly audit: AuditLog;
  /** Private files: blobs, uploads, previews, renders. */
  readonly vault: FileStore;
  /** What is public, which verification compares with its receipts. */
  readonly portal: FileReader;
  readonly tickets: UploadTickets;
  readonly links: DownloadLinks;
  readonly renderQueue: EffectQueue;
  /** Takes letters to people whom no report concerns yet. */
  readonly notifyQueue: EffectQueue;
  /** Whether there is a mail server that letters go out by. */
  readonly canMail: boolean;
  /** Where people sign in at the embedded issuer; elsewhere their passwords are not ours. */
  readonly accounts?: Accounts | undefined;
  /** How the queues are doing, where this process knows; on AWS their alarms tell. */
  readonly queues?: () => readonly QueueStatus[];
  /** Whether what people do can be stored (`createWriteProbe`). */
  readonly canWrite: () => Promise<boolean>;
  readonly verifyToken: VerifyToken;
  readonly sha256: Sha256;
  readonly now: () => string;
  readonly newId: () => string;
  /** A one-time code (`codeOf`). */
  readonly newCode: () => string;
  readonly log: Log;
  /** Names of the regions served, by code. */
  readonly regionNames: ReadonlyMap<string, string>;
  /** Does what takes a second at its worst, in place or elsewhere. */
  readonly heavyWork: HeavyWork;
  /** How often one person and one address may ask. */
  readonly rates: Rates;
  /** Public address of the portal, without a closing slash. */
  readonly portalUrl: string;
}

/** Who is calling: the token's subject with what our own memberships say of it, region by region. */
export interface Person {
  readonly subject: string;
  readonly name: string;
  readonly members: readonly Member[];
}

export interface ApiEnv {
  Bindings: {
    readonly requestContext?: {
      readonly requestId?: string;
      readonly http?: { readonly sourceIp?: string };
    };
  };
  Variables: {
    requestId: string;
    log: Log;
    identity: Identity;
    person: Person;
    refused?: ErrorCode;
  };
}

/** The app that the routes add themselves to. */
export type ApiApp = OpenAPIHono<ApiEnv>;
