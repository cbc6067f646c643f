/** Names that the caller knows, by id; what it does not know is told by its id. */
export interface Names {
  readonly department?: (id: string) => string | undefined;
  readonly dataset?: (id: string) => string | undefined;
  readonly matter?: (taskCode: string) => string | undefined;
  /** How a field is asked for where the words are read, such as `“会办环节”（--step）`; by its path, `/reason/text`. */
  readonly field?: (path: string) => string | undefined;
}
