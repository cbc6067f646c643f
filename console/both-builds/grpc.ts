/** Fabric's generated messages make clients of their services as they are loaded; no suite here calls one. */
export const makeGenericClientConstructor = (): object => ({});
