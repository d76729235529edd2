type TextFile = { readonly path: string; readonly text: string };

/** Each finding as `<document>: <what it names>`. */
export function findDeadReferences(tree: {
  readonly docs: readonly TextFile[];
  readonly paths: readonly string[];
  readonly scripts: readonly string[];
  readonly sourceText: string;
  readonly ignored?: readonly string[];
}): readonly string[];
