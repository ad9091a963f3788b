/** The reports of the demonstration city, as examples to test with. */
export {
  loadSeedReport as loadExample,
  loadSeedUnit as loadExampleUnit,
  seedReportNames as exampleNames,
  seedUnits as exampleUnits,
  type SeedReportName as ExampleName,
} from "../../infra/local/seed/reports/load-report.ts";
