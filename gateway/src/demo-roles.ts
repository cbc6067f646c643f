/** The demo's roles and their keys, for whoever sits at the machine that the demo runs on. */
export interface DemoRoles {
  readonly roles: readonly { readonly user: string; readonly role: string }[];
  identity(user: string): object | undefined;
}
