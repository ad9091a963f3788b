import "./app/older-browsers.ts";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import type { Me } from "../../shared/contract/responses.ts";
import { type ApiClient, ApiRefusal, createApiClient } from "./api/client.ts";
import { AcceptInvitation, acceptByAddress } from "./app/accept-invitation.tsx";
import { followAppearance } from "./app/appearance.ts";
import { FeedbackPlace } from "./app/feedback.tsx";
import { warmChunks } from "./app/lazy-part.tsx";
import { router } from "./app/router.tsx";
import { SignedContext } from "./app/session-context.ts";
import { SessionGate } from "./app/session-gate.tsx";
import { NobodyHere, StartFailure } from "./app/start-failure.tsx";
import { Themed } from "./app/themed.tsx";
import { createDrafts } from "./editing/drafts.ts";
import { sendOnLeaving } from "./editing/leaving.ts";
import { browserKeeping } from "./editing/browser-keeping.ts";
import { personalItems } from "./editing/local-items.ts";
import { deviceName, reportUnsentChanges } from "./editing/unsent-changes.ts";
import { openSession, type Session } from "./session/session.ts";
import "./app/base.css";
import "./app/print.css";

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      retry: (failures, error) =>
        failures < 2 && (!(error instanceof ApiRefusal) || error.retryAfter !== undefined),
      retryDelay: (failures, error) =>
        error instanceof ApiRefusal && error.retryAfter !== undefined
          ? error.retryAfter * 1_000
          : 1_000 * 2 ** failures,
    },
  },
});

async function start(container: HTMLElement): Promise<void> {
  followAppearance();
  const root = createRoot(container);
  let session: Session | undefined;
  const leave = () => {
    sessionStorage.clear();
    if (session === undefined) location.assign("/");
    else void session.signOut();
  };
  try {
    session = await openSession();
    if (session === undefined) return;
    const api = createApiClient(session, () => document.visibilityState === "hidden");
    const me = await whoIs(api);
    if (me === undefined) {
      const onAccepted = () => location.reload();
      root.render(<AcceptInvitation api={api} onAccepted={onAccepted} onLeave={leave} />);
      return;
    }
    if (me.regions.every(({ memberships }) => memberships.length === 0)) throw new NobodyHere();
    const items = personalItems(browserKeeping(), me.subject);
    const drafts = createDrafts({ api, queries, items });
    const device = deviceName(items);
    sendOnLeaving(drafts, (leave) => router.subscribe("onBeforeNavigate", leave));
    reportUnsentChanges({ drafts, device, api });
    root.render(
      <StrictMode>
        <Themed>
          <QueryClientProvider client={queries}>
            <SignedContext value={{ session, api, me, drafts, device }}>
              <RouterProvider router={router} />
              <SessionGate session={session} />
              <FeedbackPlace />
            </SignedContext>
          </QueryClientProvider>
        </Themed>
      </StrictMode>,
    );
    void warmChunks();
  } catch (error) {
    root.render(<StartFailure error={error} onLeave={leave} />);
  }
}

/** The person signed in; undefined for one whom no region knows, and who was not invited by their address. */
async function whoIs(api: ApiClient): Promise<Me | undefined> {
  try {
    return await api.get("/me", "meResponse");
  } catch (error) {
    if (!(error instanceof ApiRefusal && error.code === "not_found")) throw error;
    return (await acceptByAddress(api)) ? api.get("/me", "meResponse") : undefined;
  }
}

const container = document.getElementById("root");
if (container !== null) void start(container);
