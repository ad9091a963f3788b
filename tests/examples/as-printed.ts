/** An example report as a department hands it round. */
export { reportAsPrinted as exampleAsPrinted } from "../../infra/local/demo/as-printed.ts";
