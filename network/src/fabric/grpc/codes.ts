/** google.rpc.Code, limited to the codes used here. */
export const rpcCode = {
  cancelled: 1,
  unknown: 2,
  deadlineExceeded: 4,
  failedPrecondition: 9,
  unavailable: 14,
} as const;
