"use client";

/** Hands a text to the browser as a file; the type is plain text unless another is given. */
export function downloadText(fileName: string, text: string, mimeType = "text/plain"): void {
  const url = URL.createObjectURL(new Blob([text], { type: `${mimeType};charset=utf-8` }));
  const link = document.createElement("a");
  link.href = url;
  link.download = fileName;
  link.click();
  // The download has taken its own hold of the data by the next task.
  setTimeout(() => URL.revokeObjectURL(url), 0);
}
