/** Why the last act could not be prepared, with its code; nothing while it could. */
export function ActRefusal({ refusal }: { refusal: { readonly text: string; readonly code: string } | undefined }) {
  return (
    <p role="alert" className="text-sm text-pretty text-danger-text empty:hidden">
      {refusal ? (
        <>
          {refusal.text} <span className="font-mono text-xs">{refusal.code}</span>
        </>
      ) : null}
    </p>
  );
}
