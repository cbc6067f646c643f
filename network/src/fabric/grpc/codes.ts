/** google.rpc.Code, as far as it is decided by here. */
export const rpcCode = {
  cancelled: 1,
  unknown: 2,
  deadlineExceeded: 4,
  failedPrecondition: 9,
  unavailable: 14,
} as const;
