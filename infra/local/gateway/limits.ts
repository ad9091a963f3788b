/** What API Gateway (HTTP API) and Lambda allow; the local host allows no more. */
export type GatewayLimits = {
  /** Body of a request as the browser sends it. */
  readonly requestBytes: number;
  /** The event handed to the function and the answer it gives, as JSON. */
  readonly payloadBytes: number;
  /** How long a body may take to arrive; an honest 6 MB at 1.6 Mbit/s. */
  readonly bodyMs: number;
  /** How long a caller waits: 29 s, a second under API Gateway's 30 s, so that ours ends first. */
  readonly timeoutMs: number;
};

export const awsLimits: GatewayLimits = {
  requestBytes: 10 * 1024 * 1024,
  payloadBytes: 6 * 1024 * 1024,
  bodyMs: 30_000,
  timeoutMs: 29_000,
};
