import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { App, ConfigProvider } from "antd";
import zhCN from "antd/locale/zh_CN";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { meResponse } from "../../shared/contract/responses.ts";
import { ApiRefusal, createApiClient } from "./api/client.ts";
import { router } from "./app/router.tsx";
import { SignedContext } from "./app/session-context.ts";
import { StartFailure } from "./app/start-failure.tsx";
import { theme } from "./app/theme.ts";
import { openSession } from "./session/session.ts";
import "./app/base.css";

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      retry: (failures, error) => !(error instanceof ApiRefusal) && failures < 2,
    },
  },
});

async function start(container: HTMLElement): Promise<void> {
  const root = createRoot(container);
  try {
    const session = await openSession();
    if (session === undefined) return;
    const api = createApiClient(session.accessToken);
    const me = await api.get("/me", meResponse);
    root.render(
      <StrictMode>
        <ConfigProvider locale={zhCN} theme={theme}>
          <App>
            <QueryClientProvider client={queries}>
              <SignedContext value={{ session, api, me }}>
                <RouterProvider router={router} />
              </SignedContext>
            </QueryClientProvider>
          </App>
        </ConfigProvider>
      </StrictMode>,
    );
  } catch (error) {
    root.render(<StartFailure error={error} />);
  }
}

const container = document.getElementById("root");
if (container !== null) void start(container);
