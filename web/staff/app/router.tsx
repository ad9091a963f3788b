import { createRootRoute, createRoute, createRouter } from "@tanstack/react-router";
import { lazyPart } from "./lazy-part.tsx";
import { NotFound } from "./not-found.tsx";
import { PageFailure } from "./page-failure.tsx";
import { auditSearchOf } from "../audit/audit-search.ts";
import { seasonSearchOf } from "../season/season-search.ts";
import { worklistSearchOf } from "../worklist/worklist-search.ts";
import { Shell } from "./shell.tsx";

// Pages ask the router for their address and name what they return, so that its type needs nothing of theirs.
const root = createRootRoute({ component: Shell, notFoundComponent: NotFound });

const worklist = createRoute({
  getParentRoute: () => root,
  path: "/",
  validateSearch: worklistSearchOf,
  component: lazyPart(async () => (await import("../pages/worklist-page.tsx")).WorklistPage),
});
const progress = createRoute({
  getParentRoute: () => root,
  path: "/progress/$region/$year",
  validateSearch: seasonSearchOf,
  component: lazyPart(async () => (await import("../pages/progress-page.tsx")).ProgressPage),
});
const registry = createRoute({
  getParentRoute: () => root,
  path: "/registry/$region",
  component: lazyPart(async () => (await import("../pages/registry-page.tsx")).RegistryPage),
});
const editions = createRoute({
  getParentRoute: () => root,
  path: "/editions/$region",
  component: lazyPart(async () => (await import("../pages/editions-page.tsx")).EditionsPage),
});
const edition = createRoute({
  getParentRoute: () => root,
  path: "/editions/$region/$key/$part",
  component: lazyPart(async () => (await import("../pages/edition-page.tsx")).EditionPage),
});
const audit = createRoute({
  getParentRoute: () => root,
  path: "/audit/$region/$year",
  component: lazyPart(async () => (await import("../pages/audit-page.tsx")).AuditPage),
});
const auditLog = createRoute({
  getParentRoute: () => root,
  path: "/audit/$region",
  validateSearch: auditSearchOf,
  component: lazyPart(async () => (await import("../pages/audit-log-page.tsx")).AuditLogPage),
});
const approvals = createRoute({
  getParentRoute: () => root,
  path: "/approvals/$region/$year",
  component: lazyPart(async () => (await import("../pages/approvals-page.tsx")).ApprovalsPage),
});
const notices = createRoute({
  getParentRoute: () => root,
  path: "/notices",
  component: lazyPart(async () => (await import("../pages/notices-page.tsx")).NoticesPage),
});
const report = createRoute({
  getParentRoute: () => root,
  path: "/reports/$id/$part",
  /** The cell, field or sentence to focus. */
  validateSearch: ({ cell, field, sentence }: Record<string, unknown>) => ({
    ...(typeof cell === "string" ? { cell } : {}),
    ...(typeof field === "string" ? { field } : {}),
    ...(typeof sentence === "string" ? { sentence } : {}),
  }),
  component: lazyPart(async () => (await import("../report/report-page.tsx")).ReportPage),
});

export const router = createRouter({
  routeTree: root.addChildren([
    worklist,
    notices,
    progress,
    registry,
    audit,
    auditLog,
    approvals,
    report,
    editions,
    edition,
  ]),
  defaultPreload: "intent",
  defaultErrorComponent: PageFailure,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
