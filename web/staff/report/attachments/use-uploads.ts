import { useEffect, useSyncExternalStore } from "react";
import type { Attachments } from "../../../../shared/report/sections.ts";
import { message } from "../../app/feedback.tsx";
import type { Signed } from "../../app/session-context.ts";
import { useSigned } from "../../app/session-context.ts";
import { withAttachment } from "../../editing/attachment-edit.ts";
import { postForm } from "./post-form.ts";
import { uploadFile } from "./upload-file.ts";
import { createUploadQueue, type UploadQueue } from "./upload-queue.ts";

/** A queue a report for as long as somebody is signed in: uploads go on while other pages are looked at. */
const queues = new WeakMap<Signed["drafts"], Map<string, UploadQueue>>();

type Update = (by: (attachments: Attachments) => Attachments) => void;
type Say = (note: string) => void;

function queueOf({ api, drafts }: Signed, report: string, update: Update, say: Say): UploadQueue {
  const ofSession = queues.get(drafts) ?? new Map<string, UploadQueue>();
  queues.set(drafts, ofSession);
  const known = ofSession.get(report);
  if (known !== undefined) return known;
  const queue = createUploadQueue({
    upload: (file, how) => uploadFile({ api, post: postForm }, report, file, how),
    attach: (attachment) =>
      update((now) => {
        const { attachments, note } = withAttachment(now, attachment);
        if (note !== undefined) say(note);
        return attachments;
      }),
  });
  addEventListener("online", queue.resume);
  // The browser asks before a file on its way is given up.
  addEventListener("beforeunload", (event) => {
    if (queue.isBusy()) event.preventDefault();
  });
  ofSession.set(report, queue);
  return queue;
}

/** The uploads of a report and what becomes of them. */
export function useUploads(report: string, update: Update) {
  const signed = useSigned();
  const queue = queueOf(signed, report, update, (note) => message.info(note, noteSeconds));
  const uploads = useSyncExternalStore(queue.subscribe, queue.snapshot);
  useEffect(() => {
    // A file dropped beside the list would be opened in place of the app.
    const keep = (event: DragEvent) => event.preventDefault();
    addEventListener("dragover", keep);
    addEventListener("drop", keep);
    return () => {
      removeEventListener("dragover", keep);
      removeEventListener("drop", keep);
    };
  }, []);
  return { queue, uploads };
}

const noteSeconds = 8;
