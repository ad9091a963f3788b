import type { Attachment } from "../../../../shared/report/sections.ts";
import {
  fileFault,
  type UploadOutcome,
  type UploadProgress,
  type UploadRefusal,
} from "./upload-file.ts";

/** A chosen file that is not attached yet: under way, or refused with its reason. */
export interface PendingUpload {
  readonly id: number;
  readonly file: File;
  readonly progress: UploadProgress;
  readonly refusal?: UploadRefusal;
}

/** Files on their way to a report, a few at once; whatever page is looked at meanwhile. */
export interface UploadQueue {
  readonly subscribe: (listener: () => void) => () => void;
  readonly snapshot: () => readonly PendingUpload[];
  /** What cannot be attached is refused at once. */
  readonly add: (files: readonly File[]) => void;
  readonly retry: (id: number) => void;
  /** Stops an upload, or no longer shows why one failed. */
  readonly cancel: (id: number) => void;
  /** Begins again with what the network cut off. */
  readonly resume: () => void;
  readonly isBusy: () => boolean;
}

/** Each takes a connection of the six that a browser has for a host. */
const mostAtOnce = 3;

export function createUploadQueue({
  upload,
  attach,
}: {
  readonly upload: (
    file: File,
    how: { readonly onProgress: (progress: UploadProgress) => void; readonly signal: AbortSignal },
  ) => Promise<UploadOutcome>;
  readonly attach: (attachment: Attachment) => void;
}): UploadQueue {
  const listeners = new Set<() => void>();
  const running = new Map<number, AbortController>();
  let pending: readonly PendingUpload[] = [];
  let lastId = 0;
  const set = (next: readonly PendingUpload[]) => {
    pending = next;
    for (const listener of listeners) listener();
  };
  const put = (upload: PendingUpload) =>
    set(pending.map((one) => (one.id === upload.id ? upload : one)));

  const carryOut = async ({ id, file }: PendingUpload, signal: AbortSignal) => {
    const onProgress = (progress: UploadProgress) => {
      if (!signal.aborted) put({ id, file, progress });
    };
    const outcome = await upload(file, { onProgress, signal });
    // Whoever called it off does not want it, though it came through.
    if (signal.aborted) return;
    running.delete(id);
    if (outcome.ok) {
      set(pending.filter((one) => one.id !== id));
      attach(outcome.attachment);
    } else {
      const { message, retry } = outcome;
      put({ id, file, progress: { step: "waiting" }, refusal: { message, retry } });
    }
    startNext();
  };
  const startNext = () => {
    for (const one of pending) {
      if (running.size >= mostAtOnce) return;
      if (running.has(one.id) || one.refusal !== undefined) continue;
      const controller = new AbortController();
      running.set(one.id, controller);
      void carryOut(one, controller.signal);
    }
  };
  const begin = (again: (upload: PendingUpload) => boolean) => {
    set(
      pending.map((one) =>
        again(one) ? { id: one.id, file: one.file, progress: { step: "waiting" } } : one,
      ),
    );
    startNext();
  };
  return {
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    snapshot: () => pending,
    add: (files) => {
      const added = files.map((file): PendingUpload => {
        lastId += 1;
        const message = fileFault(file);
        return {
          ...{ id: lastId, file, progress: { step: "waiting" } },
          ...(message === undefined ? {} : { refusal: { message, retry: false } }),
        };
      });
      set([...pending, ...added]);
      startNext();
    },
    retry: (id) => begin((one) => one.id === id && one.refusal !== undefined),
    resume: () => begin((one) => one.refusal?.retry === "online"),
    cancel: (id) => {
      running.get(id)?.abort();
      running.delete(id);
      set(pending.filter((one) => one.id !== id));
      startNext();
    },
    isBusy: () => running.size > 0,
  };
}
