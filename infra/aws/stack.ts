import { text } from "node:stream/consumers";
import { bundleFunction } from "./function-bundle.ts";
import { withSourcePlaces } from "./source-places.ts";

/**
 * `npm run -s stack -- FUNCTION < LOG`: a function's log with the places of its stack traces in the sources. The
 * bundle is made again, so it must be run at the commit that was deployed.
 */

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error("Name the function whose log this is: api, relay, …");
const bundle = await bundleFunction(folder);
process.stdout.write(withSourcePlaces(await text(process.stdin), bundle));
