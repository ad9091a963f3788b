/** `npm run test:hostile` asks for everything, for minutes; `npm test` for a part of each kind. */
export const isLong = process.env["TEST_MODE"] === "hostile";
