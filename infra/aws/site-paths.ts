/**
 * CloudFront functions (ES 2022 without modules or clock) that find the file of an address as
 * `infra/local/static-files.ts` does. An address whose last part has no dot is no file's.
 */

/** `/2022/137/` is the `index.html` inside, as S3 knows no folder index; `/2022/137` leads there. */
export const folderIndex = `function handler(event) {
  var request = event.request;
  var last = request.uri.split("/").pop();
  if (last === "") {
    request.uri += "index.html";
  } else if (!last.includes(".")) {
    return {
      statusCode: 301,
      statusDescription: "Moved Permanently",
      headers: { location: { value: request.uri + "/" } },
    };
  }
  return request;
}`;

/** Addresses of the app's own are answered with the app. */
export const singlePage = `function handler(event) {
  var request = event.request;
  if (!request.uri.split("/").pop().includes(".")) request.uri = "/index.html";
  return request;
}`;
