"use client";
import { useEffect } from "react";

/** Faces read better on dark: the whole page, menus and dialogs included, while this is shown. */
export function useDarkPage(): void {
  useEffect(() => {
    document.documentElement.dataset.theme = "dark";
    return () => {
      delete document.documentElement.dataset.theme;
    };
  }, []);
}
