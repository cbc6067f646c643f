/** What `npm start` gives to node: room for the young objects of hundreds of requests, so that they die young. */
export const nodeOptions: readonly string[] = ['--max-semi-space-size=64'];
