"use client";

import { type ReactNode, useId } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { ActRefusal } from "./act-refusal";
import type { useActSigning } from "./use-act-signing";

type ActFormProps = {
  title: string;
  description: string;
  placement?: "center" | "side";
  /** False while something that is needed is missing. */
  isReady: boolean;
  signing: ReturnType<typeof useActSigning>;
  /** Has the act prepared; the signing sheet follows. */
  onReview: () => void;
  onClose: () => void;
  /** The fields. */
  children: ReactNode;
};

/** What an act of a wallet needs to know before it is signed: its fields, why it was refused, and the way to the signing sheet. */
export function ActForm({
  title,
  description,
  placement = "center",
  isReady,
  signing,
  onReview,
  onClose,
  children,
}: ActFormProps) {
  const formId = useId();
  const close = () => {
    signing.forget();
    onClose();
  };
  return (
    <Dialog
      open
      onOpenChange={(next) => {
        if (!next) close();
      }}
      placement={placement}
      title={title}
      description={description}
      footer={
        <>
          <Button onClick={close}>Leave it</Button>
          <Button kind="primary" type="submit" form={formId} disabled={!isReady} busy={signing.isPreparing}>
            Review and sign
          </Button>
        </>
      }
    >
      <form
        id={formId}
        className="grid gap-4 px-5 py-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (isReady && !signing.isPreparing) onReview();
        }}
      >
        {children}
        <ActRefusal refusal={signing.refusal} />
      </form>
    </Dialog>
  );
}
