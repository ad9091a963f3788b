import type { PostForm } from "./upload-file.ts";

/** By XMLHttpRequest: fetch does not tell how much of a body has gone. */
export const postForm: PostForm = (url, form, onPercent, signal) =>
  new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", url);
    request.upload.onprogress = ({ loaded, total }) => {
      if (total > 0) onPercent(Math.floor((loaded / total) * 100));
    };
    request.onload = () => {
      resolve(request.status);
    };
    const fail = () => {
      reject(new Error("The upload was cut off."));
    };
    request.onerror = fail;
    request.onabort = fail;
    request.ontimeout = fail;
    signal.addEventListener("abort", () => request.abort(), { once: true });
    request.send(form);
  });
