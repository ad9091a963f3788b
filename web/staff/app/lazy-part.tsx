import { Button } from "antd";
import {
  createElement,
  useEffect,
  useSyncExternalStore,
  type ComponentType,
  type FunctionComponent,
} from "react";
import { createChunk, type Chunk, type ChunkDeps, type ServedBuild } from "./chunk.ts";
import { Loading } from "./placeholders.tsx";
import { PlainDialog } from "./plain-dialog.tsx";

/** Every piece that is fetched on demand; those of a page are known once the page itself is here. */
const chunks: Chunk<unknown>[] = [];

/**
 * A component that is fetched when first shown. A `page` shows in its place that it is loading or did not
 * arrive; a `dialog` opens when it is loaded, and shows in a small window that it is not; an `extra` is there once
 * it is loaded, and nobody waits for it.
 */
export function lazyPart<Props extends object>(
  fetchIt: () => Promise<ComponentType<Props>>,
  as: "page" | "dialog" | "extra" = "page",
): FunctionComponent<Props> & { readonly preload: () => Promise<void> } {
  const chunk = createChunk(fetchIt, browser);
  chunks.push(chunk);
  const LazyPart = (props: Props) => {
    const state = useSyncExternalStore(chunk.subscribe, chunk.snapshot);
    useEffect(() => void chunk.load(), []);
    if (state.kind === "ready") return createElement(state.value, props);
    if (as === "extra") return null;
    if (state.kind !== "failed") return as === "page" ? <Loading /> : null;
    const close = "onClose" in props ? (props.onClose as () => void) : undefined;
    return as === "page" ? (
      <PartNotLoaded onRetry={() => void chunk.load()} />
    ) : (
      <DialogNotLoaded onRetry={() => void chunk.load()} onClose={close} />
    );
  };
  return Object.assign(LazyPart, { preload: chunk.load });
}

/**
 * A piece that is no component, e.g. rules over what is typed: fetched once it is needed, or in idle time before, and
 * undefined until it has come, which nobody has to wait for.
 */
export function lazyValue<Value>(
  fetchIt: () => Promise<Value>,
): (isNeeded: boolean) => Value | undefined {
  const chunk = createChunk(fetchIt, browser);
  chunks.push(chunk);
  return function useValue(isNeeded) {
    const state = useSyncExternalStore(chunk.subscribe, chunk.snapshot);
    useEffect(() => {
      if (isNeeded) void chunk.load();
    }, [isNeeded]);
    return state.kind === "ready" ? state.value : undefined;
  };
}

/**
 * Fetches every piece in idle time, one after the other, so that a later loss of connection takes no page away.
 * With the browser's data saver on, only what is opened is fetched.
 */
export async function warmChunks(): Promise<void> {
  if (savesData()) return;
  await new Promise((resume) => setTimeout(resume, firstPageMs));
  await import("./no-eval.ts");
  // A page that arrives adds the pieces of its own to the list.
  for (let index = 0; index < chunks.length; index += 1) {
    await new Promise((resume) => setTimeout(resume, idleMs));
    await chunks[index]?.load();
  }
}

/** Taken from the Network Information API where the browser has it. */
function savesData(): boolean {
  const connection: unknown = Reflect.get(navigator, "connection");
  return (
    typeof connection === "object" &&
    connection !== null &&
    Reflect.get(connection, "saveData") === true
  );
}

/** The requested page comes first. */
const firstPageMs = 3_000;
const idleMs = 150;

function PartNotLoaded({ onRetry }: { onRetry: () => void }) {
  return (
    <section className="panel not-found" role="alert">
      <h1>这一页没有载入</h1>
      <p>
        可能是网络中断，或系统刚刚更新。{kept}
        连接恢复后会自动打开，也可以现在重试。
      </p>
      <p>
        <Button type="primary" onClick={onRetry}>
          重试
        </Button>
      </p>
    </section>
  );
}

function DialogNotLoaded({
  onRetry,
  onClose,
}: {
  onRetry: () => void;
  onClose: (() => void) | undefined;
}) {
  return (
    <PlainDialog title="窗口没有载入" okText="重试" onOk={onRetry} onClose={onClose}>
      <p>可能是网络中断，或系统刚刚更新。{kept}连接恢复后会自动打开。</p>
    </PlainDialog>
  );
}

const kept = "已经填写的内容都保留着，不会丢失。";

/** Whether a page of the app still matches the release on the server. */
const browser: ChunkDeps = {
  schedule: (work, delayMs) => {
    const timer = setTimeout(run, delayMs);
    addEventListener("online", run, { once: true });
    function run() {
      clearTimeout(timer);
      removeEventListener("online", run);
      work();
    }
  },

  servedBuild: async (): Promise<ServedBuild> => {
    try {
      const answer = await fetch("/index.html", { cache: "no-store" });
      if (!answer.ok) return "unreachable";
      const page = await answer.text();
      const own = document.querySelector("script[type=module][src]")?.getAttribute("src");
      return own !== null && own !== undefined && page.includes(own) ? "same" : "newer";
    } catch {
      return "unreachable";
    }
  },

  reload: () => {
    const last = Number(sessionStorage.getItem(reloadedAt) ?? 0);
    if (Date.now() - last < quietMs) return;
    sessionStorage.setItem(reloadedAt, String(Date.now()));
    location.reload();
  },
};

const reloadedAt = "juesuan/reloaded-at";
/** A page that was loaded anew and still lacks the piece does not go round in circles. */
const quietMs = 60_000;
