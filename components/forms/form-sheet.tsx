"use client";

import { type ReactNode, useId } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";

type FormSheetProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  description: string;
  placement?: "center" | "side";
  /** The act with its object, as on the button: "Make channel". */
  submit: string;
  /** False while something that is needed is missing. */
  isReady: boolean;
  /** The act that the form sends, from `useAct`. */
  act: { readonly isBusy: boolean; readonly error: string | undefined; readonly forget: () => void };
  onSubmit: () => void;
  /** False where one of the fields says why the last try failed. */
  showsError?: boolean;
  /** The fields. */
  children: ReactNode;
};

/** A short form that makes one thing: its fields, why it was refused, and the button that names the act. */
export function FormSheet({
  open,
  onOpenChange,
  title,
  description,
  placement = "center",
  submit,
  isReady,
  act,
  onSubmit,
  showsError = true,
  children,
}: FormSheetProps) {
  const formId = useId();
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => {
        act.forget();
        onOpenChange(next);
      }}
      title={title}
      description={description}
      placement={placement}
      footer={
        <>
          <Button onClick={() => onOpenChange(false)}>Leave it</Button>
          <Button kind="primary" type="submit" form={formId} disabled={!isReady} busy={act.isBusy}>
            {submit}
          </Button>
        </>
      }
    >
      <form
        id={formId}
        className="grid gap-5 px-5 py-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (isReady && !act.isBusy) onSubmit();
        }}
      >
        {children}
        {showsError && act.error ? (
          <p role="alert" className="rounded-md bg-danger-wash px-3 py-2 text-sm text-danger-text">
            {act.error}
          </p>
        ) : null}
      </form>
    </Dialog>
  );
}
